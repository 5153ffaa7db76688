'use client'

import { useSyncExternalStore } from 'react'
import type { UnsentTask } from '@brandkit/client'
import { useTaskContext } from './use-task-context.js'

/** What this page has not been able to send yet, oldest first. */
export function useUnsentTasks(): readonly UnsentTask[] {
  const { outbox } = useTaskContext()
  return useSyncExternalStore(outbox.subscribe, outbox.entries, nothing)
}

const NOTHING: readonly UnsentTask[] = []
/** A server does not know what a browser has stored. */
function nothing() {
  return NOTHING
}
