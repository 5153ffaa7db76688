import { createListeners, type Listeners } from '@brandkit/client/page'
import { startLongTimer, type TaskPhase } from '@brandkit/core'
import type { TaskEventKind } from '../../session/task-event.js'

/**
 * What a toast tells: an event of a task, that a create is on its way, that it is kept until it can be sent, or that the
 * server has refused it.
 */
export type ToastKind = TaskEventKind | 'sending' | 'kept' | 'refused'

/** The phase that gives a toast its colour and icon. */
export const PHASE_OF_KIND = {
  sending: 'running',
  kept: 'waiting',
  refused: 'failed',
  started: 'running',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<ToastKind, TaskPhase>

/** The state of a toast; the task itself comes from the cache. */
export interface ToastEntry {
  /** Stays the same from the click to the end of the task. */
  id: string
  kind: ToastKind
  /** The tasks that the toast stands for, or the keys of creates that were not sent: several for a burst. */
  taskIds: readonly string[]
  isLeaving: boolean
}

export interface ToastList {
  /** The toasts, newest first. Returns the same array until something changes. */
  readonly get: () => readonly ToastEntry[]
  /** Adds a toast in front. A toast with the same id is replaced in its place, and its time starts again. */
  readonly put: (toast: Omit<ToastEntry, 'isLeaving'>, staysMs: number) => void
  /** Starts the exit animation of a toast, then removes it. */
  readonly dismiss: (id: string) => void
  /** Leaves a toast with fewer tasks, and with the time that it has. */
  readonly narrow: (id: string, taskIds: readonly string[]) => void
  /** Removes toasts at once. */
  readonly remove: (ids: readonly string[]) => void
  /** Stops the time of the toasts; running exit animations continue. */
  readonly pause: () => void
  readonly resume: () => void
  readonly subscribe: Listeners['subscribe']
}

interface TimedToast extends ToastEntry {
  leftMs: number
  runsSince: number
  stopTimer?: () => void
}

/** The length of the exit animation. */
const LEAVE_MS = 200
/** Users would not read more toasts, so the oldest are removed. */
const MOST = 20

/** The toasts on a page, and the time that each of them has left. */
export function createToastList(): ToastList {
  const { tell, subscribe } = createListeners()
  let toasts: readonly TimedToast[] = []
  let paused = false

  function replace(next: readonly TimedToast[]) {
    for (const toast of toasts) if (!next.includes(toast)) toast.stopTimer?.()
    toasts = next
    tell()
  }
  function remove(ids: readonly string[]) {
    replace(toasts.filter(({ id }) => !ids.includes(id)))
  }
  function run(toast: TimedToast) {
    toast.runsSince = Date.now()
    if (!paused) toast.stopTimer = startLongTimer(toast.leftMs, () => dismiss(toast.id))
  }
  function dismiss(id: string) {
    const leaving = toasts.find((toast) => toast.id === id && !toast.isLeaving)
    if (!leaving) return
    const stopTimer = startLongTimer(LEAVE_MS, () => remove([id]))
    replace(toasts.map((toast) => (toast === leaving ? { ...toast, stopTimer, isLeaving: true } : toast)))
  }

  return {
    get: () => toasts,
    put: (entry, staysMs) => {
      const put = { ...entry, isLeaving: false, leftMs: staysMs, runsSince: 0 }
      const isKnown = toasts.some(({ id }) => id === put.id)
      replace(isKnown ? toasts.map((toast) => (toast.id === put.id ? put : toast)) : [put, ...toasts].slice(0, MOST))
      run(put)
    },
    dismiss,
    narrow: (id, taskIds) => {
      for (const toast of toasts) if (toast.id === id) toast.taskIds = taskIds
      replace([...toasts])
    },
    remove,
    pause: () => {
      if (paused) return
      paused = true
      for (const toast of toasts) {
        if (toast.isLeaving) continue
        toast.stopTimer?.()
        toast.leftMs -= Date.now() - toast.runsSince
      }
    },
    resume: () => {
      if (!paused) return
      paused = false
      for (const toast of toasts) if (!toast.isLeaving) run(toast)
    },
    subscribe,
  }
}
