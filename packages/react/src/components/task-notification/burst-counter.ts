import type { TaskEventKind } from '../../session/task-event.js'

/** From this many events of a kind within the window on, they are told together. */
const MANY = 4
const WINDOW_MS = 1_500

export interface BurstCounter {
  /** Notes an event. Gives the ids of the burst that it belongs to, or `null` when it stands alone. */
  count(kind: TaskEventKind, taskId: string, at: number): readonly string[] | null
}

/** Tells when many tasks start or end at about the same time. Times are milliseconds since the epoch. */
export function createBurstCounter(): BurstCounter {
  const recent = new Map<TaskEventKind, { ids: string[]; lastAt: number }>()
  return {
    count: (kind, taskId, at) => {
      const known = recent.get(kind)
      const isSameBurst = known !== undefined && at - known.lastAt <= WINDOW_MS
      const ids = isSameBurst ? [...known.ids, taskId] : [taskId]
      recent.set(kind, { ids, lastAt: at })
      return ids.length >= MANY ? ids : null
    },
  }
}
