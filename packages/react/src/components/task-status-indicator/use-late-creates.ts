'use client'

import type { UnsentTask } from '@brandkit/client'
import { useEffect, useMemo, useState } from 'react'
import { useUnsentTasks } from '../../provider/use-unsent-tasks.js'
import { REVEAL_AFTER_MS } from '../../session/task-tracker.js'

const NONE: ReadonlySet<string> = new Set()

/** The creates that are not sent yet. One on its way is no news before it takes as long as a task that is worth a row. */
export function useLateCreates(): readonly UnsentTask[] {
  const unsent = useUnsentTasks()
  const [late, setLate] = useState(NONE)
  useEffect(() => {
    if (unsent.length === 0) return undefined
    const timer = setTimeout(() => setLate(new Set(unsent.map(({ key }) => key))), REVEAL_AFTER_MS)
    return () => clearTimeout(timer)
  }, [unsent])
  return useMemo(() => unsent.filter(({ key, state }) => state !== 'sending' || late.has(key)), [unsent, late])
}
