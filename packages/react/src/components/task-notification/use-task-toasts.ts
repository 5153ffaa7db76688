'use client'

import { stopAll } from '@brandkit/client/page'
import type { BackgroundTask } from '@brandkit/core'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { TaskEvent, TaskEventKind } from '../../session/task-event.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { panelDoorOf } from '../panel-door.js'
import { createBurstCounter } from './burst-counter.js'
import { createToastList, type ToastEntry } from './toast-list.js'

interface TaskToastsOptions {
  duration: number | undefined
  show: ((task: BackgroundTask) => boolean) | undefined
  /** Whether the toasts' time stands still. */
  isHeld: boolean
}

/** Milliseconds. A failure stays until a person has dismissed it. */
const STAYS_MS = { started: 5_000, completed: 8_000, failed: Infinity, cancelled: 5_000 } as const satisfies Record<
  TaskEventKind,
  number
>

/** Turns events into toasts. Each task has one toast, updated in place; many events of a kind at once share one. */
export function useTaskToasts({ duration, show, isHeld }: TaskToastsOptions): {
  toasts: readonly ToastEntry[]
  dismiss: (toastId: string) => void
} {
  const { session } = useTaskContext()
  const [list] = useState(createToastList)
  const toasts = useSyncExternalStore(list.subscribe, list.get, list.get)
  const latest = useRef({ duration, show })
  useEffect(() => {
    latest.current = { duration, show }
  })

  useEffect(() => {
    const bursts = createBurstCounter()
    const door = panelDoorOf(session)
    const isInPanel = (taskId: string) => door.panels().some((panel) => panel.isOpen && panel.has(taskId))
    const put = (id: string, kind: TaskEventKind, taskIds: readonly string[]) =>
      list.put(
        { id, kind, taskIds },
        kind === 'failed' ? STAYS_MS.failed : (asTime(latest.current.duration) ?? STAYS_MS[kind]),
      )
    const onEvent = ({ kind, task, isLeader, isOwn }: TaskEvent) => {
      const { taskId } = task
      // The leading tab shows the toast. Colleagues' tasks have a row in the panel and no toast.
      if (!isLeader || !isOwn) return
      if (latest.current.show?.(task) === false) return
      if (isInPanel(taskId)) {
        list.dismiss(taskId)
        return
      }
      const burst = bursts.count(kind, taskId, Date.now())
      if (!burst) {
        put(taskId, kind, [taskId])
        return
      }
      list.remove(burst)
      put(`many-${kind}`, kind, burst)
    }
    const leaveToPanel = () => {
      for (const { id, taskIds } of list.get()) if (taskIds.some(isInPanel)) list.dismiss(id)
    }
    return stopAll(session.events.subscribe(onEvent), door.subscribe(leaveToPanel), () =>
      list.remove(list.get().map(({ id }) => id)),
    )
  }, [session, list])

  useEffect(() => {
    if (isHeld) list.pause()
    else list.resume()
  }, [list, isHeld])

  return { toasts, dismiss: list.dismiss }
}

/**
 * Accepts numbers from 0, `Infinity` included. Other values mean the default, so that toasts do not blink or stay
 * forever.
 */
function asTime(duration: number | undefined): number | undefined {
  return typeof duration === 'number' && duration >= 0 ? duration : undefined
}
