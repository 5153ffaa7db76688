import { LIMITS, type TaskStatus } from '@brandkit/core'
import { STUBBORN_MS, waitAtMost } from '../../patience.js'
import type { TaskOwner } from '../../principal.js'
import type { TaskChange, TaskWatcher } from '../task-watcher.js'
import { CHANNEL } from './notify.js'
import type { Connection } from './connection.js'
import { JOINING_MS } from './listeners.js'
import { createMissedNotifications } from './missed-notifications.js'
import { readChanges } from './read-changes.js'
import { executeOn } from './statement.js'

const ASK_EVERY_MS = 1_000
/** How often to check that all notifications arrive, in milliseconds. */
const CHECK_EVERY_MS = 15_000
/** How much later than its own timestamp a change may be committed, in milliseconds. */
const LATE_COMMIT_MS = 5_000
/** Snapshots leave out tasks that ended earlier, too. */
const LONGEST_LOOK_BACK_MS = LIMITS.snapshotMinutes * 60_000

type Notified = [taskId: string, tenantId: string, userId: string, version: number, status: TaskStatus, epoch: number]

/**
 * Tells watchers of the changes that notifications bring. While none can arrive (a pooler, a lost connection), one question
 * a second asks for all followed tasks, and so it does for a minute after notifications have begun or resumed: statements of
 * other processes that began earlier are silent (see listeners.ts). While notifications arrive, the
 * store also asks every `checkEveryMs`. If a task changed without a notification, the store stops trusting notifications.
 */
export function watchChanges(
  connection: Connection,
  { checkEveryMs = CHECK_EVERY_MS, joiningMs = connection.handle.kind === 'postgres' ? JOINING_MS : 0 } = {},
) {
  const missedNotifications = createMissedNotifications()
  const watchers = new Set<TaskWatcher>()
  let stopListening: (() => Promise<void>) | undefined
  let timer: NodeJS.Timeout | undefined
  let joining: NodeJS.Timeout | undefined
  let asking: Promise<void> | null = null
  let answeredAt = -Infinity
  let state: 'live' | 'lost' = 'lost'
  /** Until then, statements that began before we listened may change tasks in silence. */
  let joiningUntil = -Infinity
  /** The reason that watchers were given for missing notifications. */
  let deaf: string | null = null
  let isDoubted = false
  let isClosed = false

  function tell(changes: readonly TaskChange[]): void {
    if (changes.length === 0) return
    for (const watcher of watchers) watcher.onChanges(changes)
  }

  async function ask(): Promise<void> {
    const all = [...watchers]
    const taskIds = [...new Set(all.flatMap((watcher) => Array.from(watcher.following())))]
    const owners = distinct(all.flatMap((watcher) => Array.from(watcher.owners())))
    const askedAt = performance.now()
    // A duration instead of a timestamp: the clocks of this process and of the database need not agree.
    const endedWithinMs = Math.min(LONGEST_LOOK_BACK_MS, askedAt - answeredAt + LATE_COMMIT_MS)
    const changes = await readChanges(executeOn(connection.database), { taskIds, owners, endedWithinMs })
    tell(changes)
    answeredAt = askedAt
    const missed = hearsAll() ? missedNotifications.compare(changes) : 0
    if (missed > 0) doubt(`${missed} of the followed tasks moved on, and no notification of it arrived.`)
  }

  /** Polls once a second from now on, permanently: that costs less than a page that never updates. */
  function doubt(reason: string): void {
    isDoubted = true
    tellDeaf(reason)
    schedule()
  }

  function tellDeaf(reason: string): void {
    if (deaf !== null) return
    deaf = reason
    for (const watcher of watchers) watcher.onDeaf?.(reason)
  }

  function onNotified(changes: readonly TaskChange[]): void {
    missedNotifications.add(changes)
    tell(changes)
  }

  function schedule(): void {
    clearInterval(timer)
    // A question that was running at the close may still call `doubt`.
    if (isClosed) return
    const isSure = hearsAll() && !isDoubted
    timer = setInterval(askNow, isSure ? checkEveryMs : ASK_EVERY_MS)
    if (isSure) return
    clearTimeout(joining)
    const leftMs = joiningUntil - performance.now()
    if (leftMs > 0) joining = setTimeout(schedule, leftMs)
  }

  function hearsAll(): boolean {
    return state === 'live' && performance.now() >= joiningUntil
  }

  /** A failed question is repeated a second later, or when listening resumes. Only one question runs at a time. */
  function askNow(): void {
    asking ??= ask()
      .catch(() => {})
      .finally(() => {
        asking = null
      })
  }

  function onState(to: 'live' | 'lost', reason?: string): void {
    state = to
    if (to === 'live') joiningUntil = performance.now() + joiningMs
    missedNotifications.restart()
    if (reason !== undefined) tellDeaf(reason)
    if (to === 'live' && !isDoubted) deaf = null
    askNow()
    schedule()
  }

  return {
    watch(watcher: TaskWatcher): () => void {
      watchers.add(watcher)
      if (!stopListening) {
        // Listening begins with the first watcher; the store polls until notifications arrive.
        onState('lost')
        stopListening = connection.listen({
          channel: CHANNEL,
          onMessage: (payload) => onNotified(parse(payload)),
          onState,
        })
      }
      return () => void watchers.delete(watcher)
    },

    /** Takes the changes of this process that were made without a notification. */
    tellOwn: onNotified,

    /** Waits for the running question, but not for a server that hangs. */
    async close(): Promise<void> {
      isClosed = true
      watchers.clear()
      clearInterval(timer)
      clearTimeout(joining)
      await Promise.all([stopListening?.(), waitAtMost(STUBBORN_MS, asking ? [asking] : [])])
    },
  }
}

function distinct(owners: readonly TaskOwner[]): TaskOwner[] {
  const keyed = owners.map((owner) => {
    const userId = owner.reach === 'own' ? [owner.userId] : []
    return [JSON.stringify([owner.reach, owner.tenantId, ...userId]), owner] as const
  })
  return [...new Map(keyed).values()]
}

function parse(payload: string): TaskChange[] {
  const notified = JSON.parse(payload) as Notified[]
  return notified.map(([taskId, tenantId, userId, version, status, epoch]) => ({
    taskId,
    tenantId,
    userId,
    version,
    status,
    epoch,
  }))
}
