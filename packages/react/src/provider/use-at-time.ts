'use client'

import { replaceEqualDeep } from '@tanstack/react-query'
import { useRef, useSyncExternalStore } from 'react'
import { onSecond } from './use-now.js'
import { useTaskContext } from './use-task-context.js'

/**
 * A value that depends on the time. It is read every second, and renders only when it changes: "3 min ago" once a minute.
 *
 * @param read gets milliseconds since the epoch, or `null` on the server and during hydration
 */
export function useAtTime<T>(read: (now: number | null) => T): T {
  const { now } = useTaskContext()
  const last = useRef<T>(undefined)
  const keep = (value: T): T => (last.current = replaceEqualDeep(last.current, value))
  return useSyncExternalStore(
    onSecond,
    () => keep(read(now())),
    () => keep(read(null)),
  )
}
