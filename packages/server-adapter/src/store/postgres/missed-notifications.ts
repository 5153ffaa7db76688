import type { TaskChange } from '../task-watcher.js'

/** Compares the notifications that arrive with what the store holds. */
export interface MissedNotifications {
  /** Takes the changes of notifications that have arrived. */
  add(changes: readonly TaskChange[]): void
  /** Takes the state of the followed tasks. Returns the number of tasks that changed without a notification. */
  compare(found: readonly TaskChange[]): number
  /** Forgets everything, because changes between now and the next question may come without a notification. */
  restart(): void
}

/**
 * Detects that notifications are missing although the connection looks healthy. A task with a new version at the second
 * question must have had its notification by the third. So a late notification does not count as missed.
 */
export function createMissedNotifications(): MissedNotifications {
  let found = new Map<string, number>()
  let owed = new Map<string, number>()
  let told = new Map<string, number>()

  return {
    add(changes) {
      // Keeps only versions of tasks that this process follows.
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
