import type { TaskReference } from '@brandkit/core'
import { sayNotCompleted } from '../after-tasks.js'
import { ERASED_USER } from '../audit.js'
import type { MemoryRow } from './memory-row.js'

type Rows = Pick<ReadonlyMap<string, MemoryRow>, 'get'>

/** Whether a task still tells the title of an erased user's task that it follows. */
export function namesErased({ input: { after = [] } }: MemoryRow, rows: Rows): boolean {
  return after.some((reference) => reference.title !== '' && isErased(reference, rows))
}

/** Removes these titles, also from the sentence about the task that did not complete. */
export function forgetErased(row: MemoryRow, rows: Rows): void {
  if (!namesErased(row, rows)) return
  const untitled = (references: readonly TaskReference[] | undefined) =>
    references?.map((reference) => (isErased(reference, rows) ? { ...reference, title: '' } : reference))
  row.input = { ...row.input, after: untitled(row.input.after) }
  row.waitsFor = untitled(row.waitsFor)
  if (row.errorCode === 'dependency_failed') row.lastError = sayNotCompleted({ title: '' })
}

function isErased({ taskId }: TaskReference, rows: Rows): boolean {
  return rows.get(taskId)?.input.userId === ERASED_USER
}
