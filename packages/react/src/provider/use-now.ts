'use client'

import { useSyncExternalStore } from 'react'
import { useTaskContext } from './use-task-context.js'

let tick = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/**
 * The provider's clock, read again every second. `null` on the server and while hydrating, where the time would not
 * be the same. One timer for the whole page, and none while nobody shows a time.
 */
export function useNow(): number | null {
  const { now } = useTaskContext()
  const current = useSyncExternalStore(subscribe, getTick, getServerTick)
  return current === null ? null : now()
}

const getTick = (): number | null => tick
const getServerTick = () => null

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    tick++
    for (const notify of listeners) notify()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
