import type { TaskChange } from '../task-watcher.js'

/** Compares what is announced with what is found. */
export interface Hearing {
  /** Announcements came. */
  hear(changes: readonly TaskChange[]): void
  /** Takes the state of the followed tasks. Gives how many have moved on without having been announced ever since. */
  compare(found: readonly TaskChange[]): number
  /** What moves on from now until the next question may go unheard. */
  restart(): void
}

/**
 * Finds out that announcements stay away although the connection looks well. A task that was found at two versions must
 * have been heard of by the third question: so an announcement that is late is not missed.
 */
export function createHearing(): Hearing {
  let found = new Map<string, number>()
  let owed = new Map<string, number>()
  let heard = new Map<string, number>()

  return {
    hear(changes) {
      // Nothing is kept of tasks that this process does not follow.
      for (const { taskId, version } of changes) {
        if (found.has(taskId)) heard.set(taskId, Math.max(version, heard.get(taskId) ?? 0))
      }
    },
    compare(changes) {
      const missed = [...owed].filter(([taskId, version]) => (heard.get(taskId) ?? 0) < version)
      const now = new Map(changes.map(({ taskId, version }) => [taskId, version]))
      owed = new Map([...now].filter(([taskId, version]) => version > (found.get(taskId) ?? Infinity)))
      heard = new Map([...heard].filter(([taskId]) => now.has(taskId)))
      found = now
      return missed.length
    },
    restart() {
      found = new Map()
      owed = new Map()
      heard = new Map()
    },
  }
}
