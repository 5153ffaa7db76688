'use client'

import type { BackgroundTask } from '@brandkit/core'
import { useEffect, useRef } from 'react'
import type { TaskEventKind } from '../session/task-event.js'
import { useTaskContext } from '../provider/use-task-context.js'

export interface TaskEventContext {
  /** Whether this tab should do what must happen once per user and not in every tab. Always true with a single tab. */
  isLeader: boolean
  /** Whether the task belongs to the signed-in user, and not to a colleague. */
  isOwn: boolean
}

type TaskEventListener = (task: BackgroundTask, event: TaskEventContext) => void
export type TaskEventListeners = Partial<
  Record<'onStarted' | 'onCompleted' | 'onFailed' | 'onCancelled' | 'onSettled', TaskEventListener | undefined>
>

const LISTENER_OF = {
  started: 'onStarted',
  completed: 'onCompleted',
  failed: 'onFailed',
  cancelled: 'onCancelled',
} as const satisfies Record<TaskEventKind, keyof TaskEventListeners>

/**
 * Calls back when a task of this page starts or ends, once for each mounted component. Ends before the page was loaded
 * are not reported.
 */
export function useTaskEvents(listeners: TaskEventListeners): void {
  const { events } = useTaskContext().session
  const latest = useRef(listeners)
  useEffect(() => {
    latest.current = listeners
  })

  useEffect(
    () =>
      events.subscribe(({ kind, task, isLeader, isOwn }) => {
        const context = { isLeader, isOwn }
        latest.current[LISTENER_OF[kind]]?.(task, context)
        if (kind !== 'started') latest.current.onSettled?.(task, context)
      }),
    [events],
  )
}
