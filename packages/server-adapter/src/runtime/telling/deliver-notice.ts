import { type BackoffPolicy, createBackoffPolicy, describeError, readTaskError, toPrintable } from '@brandkit/core'
import { inTime } from '../../patience.js'
import type { NoticeOutcome, TakenNotice } from '../../store/notice.js'
import type { NotifyOptions } from './notify-target.js'
import { toNotice } from './to-notice.js'

/** The longest time of one delivery, in milliseconds. */
export const DELIVERY_MS = 15_000

/** From 5 s to an hour: some 30 attempts in the 24 hours of a notice. */
const BACKOFF: BackoffPolicy = createBackoffPolicy({ baseMs: 5_000, ceilingMs: 3_600_000 })

/** Delivers one notice to the app's target. Never rejects: a throwing target is a failed delivery. */
export async function deliverNotice(
  taken: TakenNotice,
  { notify, stopping }: { notify: NotifyOptions; stopping: AbortSignal },
): Promise<NoticeOutcome> {
  const name = { taskId: taken.task.taskId, target: taken.target, attempt: taken.attempt }
  const over = new AbortController()
  try {
    const work = deliver(taken, notify, AbortSignal.any([over.signal, stopping]))
    await inTime(work, { ms: DELIVERY_MS, tooLate, closing: stopping })
    return { ...name, outcome: 'delivered' }
  } catch (error) {
    // The server stops: another process, or this one after its start, may deliver at once.
    if (stopping.aborted) return { ...name, outcome: 'failed', delayMs: 0, reason: 'The server was stopped.' }
    const reason = toPrintable(describeError(error))
    const known = readTaskError(error)
    if (known?.retryable === false) return { ...name, outcome: 'dead', reason }
    return { ...name, outcome: 'failed', delayMs: known?.retryAfterMs ?? BACKOFF.delayMs(taken.attempt), reason }
  } finally {
    over.abort()
  }
}

async function deliver(taken: TakenNotice, notify: NotifyOptions, signal: AbortSignal): Promise<void> {
  const target = notify.targets[taken.target]
  if (!target) throw new Error(`The server has no target ${taken.target}.`)
  const notice = toNotice(taken, notify)
  if (target.wants && !(await target.wants(notice))) return
  await target.deliver(notice, { signal, attempt: taken.attempt })
}

function tooLate(): Error {
  return new Error(`The target did not answer within ${DELIVERY_MS} ms.`)
}
