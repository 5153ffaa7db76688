import { createListeners, type Listeners } from '@brandkit/client/page'
import { startLongTimer, type TaskPhase } from '@brandkit/core'
import type { TaskEventKind } from '../../session/task-event.js'

/** The phase whose colour and sign a toast has. */
export const PHASE_OF_KIND = {
  started: 'running',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<TaskEventKind, TaskPhase>

/** What is shown of a toast; the task itself comes from the cache. */
export interface ToastEntry {
  /** The task's id, or the name of a burst. */
  id: string
  kind: TaskEventKind
  /** How many tasks it stands for; `null` for one that is shown by name. */
  count: number | null
  isLeaving: boolean
}

export interface ToastList {
  /** The newest first. The same array until something changes. */
  readonly get: () => readonly ToastEntry[]
  /** Adds a toast in front, or turns the one with the same id into this one where it stands, with its whole time anew. */
  readonly put: (toast: Omit<ToastEntry, 'isLeaving'>, staysMs: number) => void
  /** Lets a toast leave; it is gone after its exit animation. */
  readonly dismiss: (id: string) => void
  /** Takes toasts away at once. */
  readonly remove: (ids: readonly string[]) => void
  /** Stops the time of the toasts; those that leave go on leaving. */
  readonly pause: () => void
  readonly resume: () => void
  readonly subscribe: Listeners['subscribe']
}

interface TimedToast extends ToastEntry {
  leftMs: number
  runsSince: number
  stopTimer?: () => void
}

/** How long the exit animation may take. */
const LEAVE_MS = 200
/** More would not be read; the oldest give way. */
const MOST = 20

/** The toasts on a page and the time that each of them has left. */
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
