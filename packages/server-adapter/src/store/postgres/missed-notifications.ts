import type { TaskChange } from '../task-watcher.js'

/** Compares the notifications that arrive with what the store holds. */
export interface MissedNotifications {
  /** Takes the changes of notifications that have arrived. */
  add(changes: readonly TaskChange[]): void
  /** Takes the state of the followed tasks. Gives how many have moved on without a notification ever since. */
  compare(found: readonly TaskChange[]): number
  /** What moves on from now until the next question may go unnoticed. */
  restart(): void
}

/**
 * Finds out that notifications stay away although the connection looks well. A task that was found at two versions must
 * have had a notification by the third question: so one that is late does not count as missed.
 */
export function createMissedNotifications(): MissedNotifications {
  let found = new Map<string, number>()
  let owed = new Map<string, number>()
  let told = new Map<string, number>()

  return {
    add(changes) {
      // Nothing is kept of tasks that this process does not follow.
      for (const { taskId, version } of changes) {
        if (found.has(taskId)) told.set(taskId, Math.max(version, told.get(taskId) ?? 0))
      }
    },
    compare(changes) {
      const missed = [...owed].filter(([taskId, version]) => (told.get(taskId) ?? 0) < version)
      const now = new Map(changes.map(({ taskId, version }) => [taskId, version]))
      owed = new Map([...now].filter(([taskId, version]) => version > (found.get(taskId) ?? Infinity)))
      told = new Map([...told].filter(([taskId]) => now.has(taskId)))
      found = now
      return missed.length
    },
    restart() {
      found = new Map()
      owed = new Map()
      told = new Map()
    },
  }
}
