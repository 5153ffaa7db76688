'use client'

import { useSyncExternalStore } from 'react'
import type { UnsentTask } from '@brandkit/client'
import { useTaskContext } from './use-task-context.js'

/** Tasks that this page could not send yet, oldest first. */
export function useUnsentTasks(): readonly UnsentTask[] {
  const { outbox } = useTaskContext()
  return useSyncExternalStore(outbox.subscribe, outbox.entries, nothing)
}

const NOTHING: readonly UnsentTask[] = []
/** Servers cannot read a browser's storage. */
function nothing() {
  return NOTHING
}
