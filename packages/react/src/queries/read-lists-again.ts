import type { QueryClient } from '@tanstack/react-query'
import { taskKeys } from './task-keys.js'

/** The query cache of one user. */
export interface ListCache {
  queryClient: QueryClient
  userId: string | null
}

/** Reads all lists again that are shown, and marks the others as outdated. */
export function readListsAgain({ queryClient, userId }: ListCache): void {
  for (const queryKey of taskKeys.lists(userId)) void queryClient.invalidateQueries({ queryKey })
}
