'use client'

import type { TaskJson } from '@brandkit/core'
import { replaceEqualDeep } from '@tanstack/react-query'
import { useCallback, useRef, useSyncExternalStore } from 'react'
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
  const { registry, cache } = useTaskContext().session
  const last = useRef<{ value: S } | null>(null)

  const getSnapshot = (): S => {
    const tasks = registry.ids().flatMap((taskId) => cache.find(taskId) ?? [])
    const selected = select(tasks.toSorted(newestFirst), (taskId) => registry.isRevealed(taskId))
    const value = last.current ? replaceEqualDeep(last.current.value, selected) : selected
    last.current = { value }
    return value
  }
  const subscribe = useCallback((listener: () => void) => registry.subscribe(listener), [registry])
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot)
}

function newestFirst(a: TaskJson, b: TaskJson): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1
  return a.taskId < b.taskId ? 1 : -1
}
