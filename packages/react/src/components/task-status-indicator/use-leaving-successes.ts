'use client'

import { useEffect, useRef } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useAttention } from '../use-attention.js'

/** Long enough to be noticed by a user who works on something else. */
const STAYS_MS = 30_000
/** What a row has left at least when the pointer goes away. */
const GRACE_MS = 5_000

/**
 * Dismisses what ended without a failure after a while. Waits for as long as the user points at the indicator, is
 * inside of it with the keyboard, or looks at another tab: give it the handlers that this returns.
 */
export function useLeavingSuccesses(finished: readonly string[]): ReturnType<typeof useAttention>['handlers'] {
  const { session } = useTaskContext()
  const { isHeld, handlers } = useAttention()
  const leavesAt = useRef(new Map<string, number>())

  useEffect(() => {
    const now = Date.now()
    const times = finished.map((taskId): [taskId: string, at: number] => [
      taskId,
      Math.max(leavesAt.current.get(taskId) ?? now + STAYS_MS, now + GRACE_MS),
    ])
    leavesAt.current = new Map(times)
    if (isHeld) return undefined
    const timers = times.map(([taskId, at]) => setTimeout(() => session.dismiss(taskId), at - now))
    return () => timers.forEach((timer) => clearTimeout(timer))
  }, [finished, isHeld, session])

  return handlers
}
