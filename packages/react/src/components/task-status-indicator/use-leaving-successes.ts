'use client'

import { useEffect, useRef, useState } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { usePageVisible } from '../use-page-visible.js'

/** Long enough to be noticed by somebody who works on something else. */
const STAYS_MS = 30_000
/** What a row has left at least when the pointer goes away. */
const GRACE_MS = 5_000

interface HoldHandlers {
  onPointerEnter: () => void
  onPointerLeave: () => void
  onFocus: () => void
  onBlur: () => void
}

/**
 * Dismisses what ended without a failure after a while. Waits for as long as the user points at the indicator, is
 * inside of it with the keyboard, or looks at another tab: give it the handlers that this returns.
 */
export function useLeavingSuccesses(finished: readonly string[]): HoldHandlers {
  const { session } = useTaskContext()
  const visible = usePageVisible()
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const leavesAt = useRef(new Map<string, number>())
  const held = pointed || focused || !visible

  useEffect(() => {
    for (const taskId of finished) {
      const known = leavesAt.current.get(taskId)
      leavesAt.current.set(taskId, known === undefined ? Date.now() + STAYS_MS : Math.max(known, Date.now() + GRACE_MS))
    }
    if (held) return undefined
    const timers = finished.map((taskId) =>
      setTimeout(() => session.dismiss(taskId), (leavesAt.current.get(taskId) ?? 0) - Date.now()),
    )
    return () => {
      for (const timer of timers) clearTimeout(timer)
    }
  }, [finished, held, session])

  return {
    onPointerEnter: () => setPointed(true),
    onPointerLeave: () => setPointed(false),
    onFocus: () => setFocused(true),
    onBlur: () => setFocused(false),
  }
}
