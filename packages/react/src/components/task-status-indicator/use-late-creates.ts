'use client'

import type { UnsentTask } from '@brandkit/client'
import { useEffect, useMemo, useRef, useState } from 'react'
import { REVEAL_AFTER_MS } from '../../session/task-tracker.js'

const NONE: ReadonlySet<string> = new Set()

/** The creates that wait for as long as a task that is worth a row, whichever tab sends them; and those that need the user. */
export function useLateCreates(unsent: readonly UnsentTask[]): readonly UnsentTask[] {
  const [late, setLate] = useState(NONE)
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())
  useEffect(() => {
    const keys = new Set(unsent.map(({ key }) => key))
    for (const [key, timer] of timers.current) {
      if (keys.has(key)) continue
      clearTimeout(timer)
      timers.current.delete(key)
    }
    for (const key of keys) {
      if (timers.current.has(key)) continue
      const show = () => setLate((before) => new Set([...before, key]))
      timers.current.set(key, setTimeout(show, REVEAL_AFTER_MS))
    }
  }, [unsent])
  useEffect(() => {
    const { current } = timers
    return () => {
      for (const timer of current.values()) clearTimeout(timer)
      current.clear()
    }
  }, [])
  return useMemo(
    () => unsent.filter(({ key, state }) => late.has(key) || state === 'old' || state === 'refused'),
    [unsent, late],
  )
}
