import type { TaskStatus } from '@brandkit/core'
import type { TaskChange, TaskWatcher } from '../task-store.js'
import { CHANNEL } from './announce.js'
import type { Connection } from './connection.js'
import { readChanges } from './read-tasks.js'
import { executeOn } from './statement.js'

const ASK_EVERY_MS = 1_000

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
 * for all that they follow, and once more when it hears again, for what was said meanwhile.
 */
export function watchChanges(connection: Connection) {
  const watchers = new Set<TaskWatcher>()
  let stopListening: (() => Promise<void>) | undefined
  let timer: NodeJS.Timeout | undefined
  let asking: Promise<void> = Promise.resolve()

  function tell(changes: readonly TaskChange[]): void {
    if (changes.length === 0) return
    for (const watcher of watchers) watcher.onChanges(changes)
  }

  async function ask(): Promise<void> {
    const followed = new Set([...watchers].flatMap((watcher) => Array.from(watcher.following())))
    if (followed.size > 0) tell(await readChanges(executeOn(connection.database), [...followed]))
  }

  /** A question that fails is asked again a second later, or when listening resumes. */
  function askNow(): void {
    asking = ask().catch(() => {})
  }

  function onState(state: 'live' | 'lost'): void {
    clearInterval(timer)
    askNow()
    if (state === 'lost') timer = setInterval(askNow, ASK_EVERY_MS)
  }

  return {
    watch(watcher: TaskWatcher): () => void {
      watchers.add(watcher)
      // Nobody listens before somebody wants to hear.
      stopListening ??= connection.listen({ channel: CHANNEL, onMessage: (payload) => tell(parse(payload)), onState })
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
