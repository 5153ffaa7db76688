'use client'

import type { TaskWire } from '@brandkit/core'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { OperationsLooks } from './operations-looks.js'
import type { OperationsText } from './operations-text.js'

/** The verbs that the page sends: a `TaskService` has them all. */
export interface OperationsService {
  readonly wire: Pick<TaskWire, 'stats' | 'audit' | 'list' | 'getStatus' | 'cancel' | 'retry' | 'actOnMatching'>
}

export interface OperationsContextValue {
  wire: OperationsService['wire']
  queryClient: QueryClient
  text: OperationsText
  looks: OperationsLooks
  nameOf: (userId: string) => string
  traceUrl: ((traceId: string) => string) | undefined
  /** The beginning of the key of each query of this page. */
  key: readonly unknown[]
  now: () => number
}

export const OperationsContext = createContext<OperationsContextValue | null>(null)

export function useOperations(): OperationsContextValue {
  const context = useContext(OperationsContext)
  if (!context) throw new Error('There is no TaskOperations above this component.')
  return context
}
