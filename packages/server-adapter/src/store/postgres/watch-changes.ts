import { LIMITS, type TaskStatus } from '@brandkit/core'
import type { TaskOwner } from '../../principal.js'
import type { TaskChange, TaskWatcher } from '../task-watcher.js'
import { CHANNEL } from './announce.js'
import type { Connection } from './connection.js'
import { readChanges } from './read-changes.js'
import { executeOn } from './statement.js'

const ASK_EVERY_MS = 1_000
/** A change may be committed this much later than the time that it carries. */
const LATE_COMMIT_MS = 5_000
/** What ended before is in nobody's snapshot either. */
const LONGEST_LOOK_BACK_MS = LIMITS.snapshotMinutes * 60_000

type Announcement = [
  taskId: string,
  tenantId: string,
  userId: string,
  version: number,
  status: TaskStatus,
  epoch: number,
]

/**
 * Tells watchers what others announce. Where nothing can be heard (a pooler, a lost connection), it asks once a second
 * for all that they follow, in one question, and once more when it hears again, for what was said meanwhile.
 */
export function watchChanges(connection: Connection) {
  const watchers = new Set<TaskWatcher>()
  let stopListening: (() => Promise<void>) | undefined
  let timer: NodeJS.Timeout | undefined
  let asking: Promise<void> | null = null
  let answeredAt = -Infinity

  function tell(changes: readonly TaskChange[]): void {
    if (changes.length === 0) return
    for (const watcher of watchers) watcher.onChanges(changes)
  }

  async function ask(): Promise<void> {
    const all = [...watchers]
    const taskIds = [...new Set(all.flatMap((watcher) => Array.from(watcher.following())))]
    const owners = distinct(all.flatMap((watcher) => Array.from(watcher.owners())))
    const askedAt = performance.now()
    // A time that has passed, and no point in time: the clocks of this process and of the database need not agree.
    const endedWithinMs = Math.min(LONGEST_LOOK_BACK_MS, askedAt - answeredAt + LATE_COMMIT_MS)
    tell(await readChanges(executeOn(connection.database), { taskIds, owners, endedWithinMs }))
    answeredAt = askedAt
  }

  /** A question that fails is asked again a second later, or when listening resumes. One that takes long is not doubled. */
  function askNow(): void {
    asking ??= ask()
      .catch(() => {})
      .finally(() => {
        asking = null
      })
  }

  function onState(state: 'live' | 'lost'): void {
    clearInterval(timer)
    askNow()
    if (state === 'lost') timer = setInterval(askNow, ASK_EVERY_MS)
  }

  return {
    watch(watcher: TaskWatcher): () => void {
      watchers.add(watcher)
      if (!stopListening) {
        // Nobody listens before somebody wants to hear; and until something can be heard, it is asked for.
        onState('lost')
        stopListening = connection.listen({ channel: CHANNEL, onMessage: (payload) => tell(parse(payload)), onState })
      }
      return () => void watchers.delete(watcher)
    },

    async close(): Promise<void> {
      watchers.clear()
      await stopListening?.()
      clearInterval(timer)
      await asking
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
  const announcements = JSON.parse(payload) as Announcement[]
  return announcements.map(([taskId, tenantId, userId, version, status, epoch]) => ({
    taskId,
    tenantId,
    userId,
    version,
    status,
    epoch,
  }))
}
