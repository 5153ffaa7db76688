'use client'

import type { TaskJson } from '@brandkit/core'
import { replaceEqualDeep } from '@tanstack/react-query'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { TaskSession } from './task-session.js'
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
  const { session } = useTaskContext()
  const { registry } = session
  const last = useRef<{ value: S } | null>(null)

  const getSnapshot = (): S => {
    const selected = select(trackedTasks(session), (taskId) => registry.isRevealed(taskId))
    const value = last.current ? replaceEqualDeep(last.current.value, selected) : selected
    last.current = { value }
    return value
  }
  const subscribe = useCallback((listener: () => void) => registry.subscribe(listener), [registry])
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot)
}

const sorted = new WeakMap<TaskSession, { revision: number; tasks: readonly TaskJson[] }>()

/** Newest first; gathered and sorted once a change, however many components read them. */
function trackedTasks(session: TaskSession): readonly TaskJson[] {
  const revision = session.registry.revision()
  const known = sorted.get(session)
  if (known?.revision === revision) return known.tasks

  const tasks = session.registry
    .ids()
    .flatMap((taskId) => session.cache.find(taskId) ?? [])
    .toSorted(newestFirst)
  sorted.set(session, { revision, tasks })
  return tasks
}

function newestFirst(a: TaskJson, b: TaskJson): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1
  return a.taskId < b.taskId ? 1 : -1
}
