'use client'

import { useSyncExternalStore } from 'react'
import { useTaskContext } from './use-task-context.js'

let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/**
 * The provider's clock, read every second; a clock that stands still renders nothing. `null` on the server and during
 * hydration, because the two would show different times. The page has one timer, which runs only while a component
 * shows a time.
 */
export function useNow(): number | null {
  const { now } = useTaskContext()
  const getSecond = (): number | null => Math.floor(now() / 1_000)
  return useSyncExternalStore(onSecond, getSecond, getServerSecond) === null ? null : now()
}

const getServerSecond = () => null

/** Calls back every second, by the page's one timer. Returns the function that stops it. */
export function onSecond(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const notify of listeners) notify()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
