'use client'

import { useEffect, useRef } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useAttention } from '../use-attention.js'

/** Long enough for users who are busy elsewhere on the page to notice the row. */
const STAYS_MS = 30_000
/** The least time that a row stays after the pointer has left. */
const GRACE_MS = 5_000

/**
 * Dismisses completed and cancelled tasks after a while. The time stands still while the user points at the indicator,
 * has the keyboard focus in it, or looks at another tab. Give the indicator the returned handlers.
 */
export function useLeavingSuccesses(ended: readonly string[]): ReturnType<typeof useAttention>['handlers'] {
  const { session } = useTaskContext()
  const { isHeld, handlers } = useAttention()
  const leavesAt = useRef(new Map<string, number>())

  useEffect(() => {
    const now = Date.now()
    const times = ended.map((taskId): [taskId: string, at: number] => [
      taskId,
      Math.max(leavesAt.current.get(taskId) ?? now + STAYS_MS, now + GRACE_MS),
    ])
    leavesAt.current = new Map(times)
    if (isHeld) return undefined
    const timers = times.map(([taskId, at]) => setTimeout(() => session.dismiss(taskId), at - now))
    return () => timers.forEach((timer) => clearTimeout(timer))
  }, [ended, isHeld, session])

  return handlers
}
