'use client'

import type { TaskJson } from '@brandkit/core'
import { replaceEqualDeep } from '@tanstack/react-query'
import { useRef, useSyncExternalStore } from 'react'
import { useTaskContext } from './use-task-context.js'

/**
 * Reads something from all tracked tasks, newest first. Renders only when what was selected has changed, so that a
 * list of ids is indifferent to progress.
 *
 * @param select gets wire JSON, and whether a task may be shown already
 */
export function useTrackedTasks<S>(
  select: (tasks: readonly TaskJson[], isRevealed: (taskId: string) => boolean) => S,
): S {
  const { registry } = useTaskContext().session
  const last = useRef<S>(undefined)

  const getSnapshot = (): S => {
    const value = replaceEqualDeep(last.current, select(registry.tasks(), registry.isRevealed))
    last.current = value
    return value
  }
  return useSyncExternalStore(registry.subscribe, getSnapshot, getSnapshot)
}
