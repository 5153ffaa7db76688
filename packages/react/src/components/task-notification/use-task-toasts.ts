'use client'

import type { BackgroundTask } from '@brandkit/core'
import { useCallback, useEffect, useRef } from 'react'
import { type Toast, toast, useToaster } from 'react-hot-toast/headless'
import type { TaskEvent, TaskEventKind } from '../../provider/task-event.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { createBurstCounter } from './burst-counter.js'

/** What is shown of a toast; the task itself comes from the cache. */
export interface ToastEntry {
  /** The task's id, or the name of a burst. */
  id: string
  kind: TaskEventKind
  /** How many tasks it stands for; `null` for one that is shown by name. */
  count: number | null
  isLeaving: boolean
}

interface TaskToastsOptions {
  toasterId: string
  duration: number | undefined
  show: ((task: BackgroundTask) => boolean) | undefined
  paused: boolean
}

/** Milliseconds. A failure needs someone, so it waits for one. */
const STAYS_MS = { started: 5_000, completed: 8_000, failed: Infinity, cancelled: 5_000 } as const satisfies Record<
  TaskEventKind,
  number
>
/** How long the exit animation may take. */
const LEAVE_MS = 200

/** Turns events into toasts: one a task, updated in place; many of a kind at once become one. */
export function useTaskToasts({ toasterId, duration, show, paused }: TaskToastsOptions): {
  toasts: ToastEntry[]
  dismiss: (toastId: string) => void
} {
  const { session } = useTaskContext()
  const { toasts, handlers } = useToaster({ removeDelay: LEAVE_MS }, toasterId)
  const latest = useRef({ duration, show, handlers })
  useEffect(() => {
    latest.current = { duration, show, handlers }
  })

  useEffect(() => {
    const bursts = createBurstCounter()
    const put = (id: string, kind: TaskEventKind, count: number | null) => {
      const stays = kind === 'failed' ? STAYS_MS.failed : (latest.current.duration ?? STAYS_MS[kind])
      toast.custom(`${kind} ${count ?? ''}`, { id, toasterId, duration: stays, removeDelay: LEAVE_MS })
    }
    const onEvent = ({ kind, task, isLeader }: TaskEvent) => {
      const { taskId } = task
      // Another tab tells it.
      if (!isLeader) return
      if (latest.current.show?.(task) === false) return
      if (session.rowsInView.has(taskId)) {
        toast.dismiss(taskId, toasterId)
        return
      }
      const burst = bursts.count(kind, taskId, Date.now())
      if (!burst) {
        put(taskId, kind, null)
        return
      }
      for (const member of burst) toast.remove(member, toasterId)
      put(`many-${kind}`, kind, burst.length)
    }
    const unsubscribe = session.events.subscribe(onEvent)
    return () => {
      unsubscribe()
      toast.removeAll(toasterId)
    }
  }, [session, toasterId])

  const shownIds = toasts.filter(({ visible }) => visible).map(({ id }) => id)
  const shown = useRef(shownIds)
  useEffect(() => {
    shown.current = shownIds
  })
  useEffect(
    () =>
      session.rowsInView.subscribe(() => {
        for (const id of shown.current) if (session.rowsInView.has(id)) toast.dismiss(id, toasterId)
      }),
    [session, toasterId],
  )

  useEffect(() => {
    // Through the ref: the handlers change with every pause, which would start the pause again and again.
    if (paused) latest.current.handlers.startPause()
    else latest.current.handlers.endPause()
  }, [paused])

  const dismiss = useCallback((toastId: string) => toast.dismiss(toastId, toasterId), [toasterId])
  return { toasts: toasts.map(toEntry), dismiss }
}

/** The message carries the kind and, for a burst, the count. */
function toEntry({ id, message, visible }: Toast): ToastEntry {
  const [kind, count] = (message as string).split(' ')
  return { id, kind: kind as TaskEventKind, count: count ? Number(count) : null, isLeaving: !visible }
}
