'use client'

import type { TaskSummaryJson } from '@brandkit/core'
import { replaceEqualDeep } from '@tanstack/react-query'
import { type Listeners, stopAll } from '@brandkit/client/page'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { useTaskContext } from './use-task-context.js'

/**
 * Selects a value from all tracked tasks, newest first. Renders only when the value changes: a list of ids does not
 * render at progress.
 *
 * @param select gets wire JSON, and whether a task may be shown already
 * @param clock for a value that depends on the time as well: calls back when it must be selected again
 */
export function useTrackedTasks<S>(
  select: (tasks: readonly TaskSummaryJson[], isRevealed: (taskId: string) => boolean) => S,
  clock?: Listeners['subscribe'],
): S {
  const { registry } = useTaskContext().session
  const last = useRef<S>(undefined)

  const getSnapshot = (): S => {
    const value = replaceEqualDeep(last.current, select(registry.tasks(), registry.isRevealed))
    last.current = value
    return value
  }
  const subscribe = useCallback<Listeners['subscribe']>(
    (listener) => (clock ? stopAll(registry.subscribe(listener), clock(listener)) : registry.subscribe(listener)),
    [registry, clock],
  )
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot)
}
