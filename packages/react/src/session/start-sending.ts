import { isOnline, isPageHidden, onPageWake, stopAll, type TaskTabs } from '@brandkit/client/page'
import type { Outbox, TaskFollower } from '@brandkit/client'
import { createKnownBackoff } from '@brandkit/core'

interface SendingOptions {
  outbox: Outbox
  follower: Pick<TaskFollower, 'connection'>
  tabs: TaskTabs
}

/**
 * Sends the tasks of the outbox: when the page opens or wakes, after a sign-in, and repeatedly while tasks wait. Only the
 * leader sends, because all tabs share the stored outbox. Returns the function that stops it.
 */
export function startSending({ outbox, follower: { connection }, tabs }: SendingOptions): () => void {
  const backoff = createKnownBackoff({ baseMs: 5_000, ceilingMs: 60_000 })
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSending = false

  const isSignedOut = () => connection.get().state === 'auth-required'
  let wasSignedOut = isSignedOut()
  const isWaiting = () => outbox.entries().some(({ state }) => state === 'waiting')

  async function send(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const isPossible = tabs.isLeader() && !isPageHidden() && isOnline() && !isSignedOut()
    if (isSending || !isPossible || !isWaiting()) return
    isSending = true
    attempt += 1
    await outbox.flush()
    isSending = false
    plan()
  }

  function plan(): void {
    if (isSending || timer !== undefined) return
    if (isWaiting()) timer = setTimeout(() => void send(), backoff.delayMs(attempt + 1))
    else attempt = 0
  }

  function sendNow(): void {
    attempt = 0
    void send()
  }

  function whenConnectionChanges(): void {
    if (wasSignedOut && !isSignedOut()) sendNow()
    wasSignedOut = isSignedOut()
  }

  sendNow()
  return stopAll(
    outbox.subscribe(plan),
    connection.subscribe(whenConnectionChanges),
    onPageWake(sendNow),
    tabs.subscribe(sendNow),
    () => clearTimeout(timer),
  )
}
