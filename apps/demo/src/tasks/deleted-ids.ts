import { useSyncExternalStore } from 'react'

let deletedIds: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()

/** Remembers a task that was deleted from this page, since the page may have followed it and know it still. */
export function rememberDeleted(taskId: string): void {
  deletedIds = new Set([...deletedIds, taskId])
  for (const listener of listeners) listener()
}

export function useDeletedIds(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => deletedIds)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
