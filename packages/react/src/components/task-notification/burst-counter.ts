import type { ToastKind } from './toast-list.js'

/** This many events of a kind within the window become one toast. */
const MANY = 4
const WINDOW_MS = 1_500

export interface BurstCounter {
  /** Counts an event. Returns the ids of the event's burst, or `null` for a single event. */
  count(kind: ToastKind, taskId: string, at: number): readonly string[] | null
}

/** Detects when many tasks start or end at about the same time. Times are milliseconds since the epoch. */
export function createBurstCounter(): BurstCounter {
  const recent = new Map<ToastKind, { ids: string[]; lastAt: number }>()
  return {
    count: (kind, taskId, at) => {
      const known = recent.get(kind)
      const isSameBurst = known !== undefined && at - known.lastAt <= WINDOW_MS
      const ids = isSameBurst ? [...known.ids.filter((id) => id !== taskId), taskId] : [taskId]
      recent.set(kind, { ids, lastAt: at })
      return ids.length >= MANY ? ids : null
    },
  }
}
