import { isFound } from '@brandkit/core'
import { isInScope, type TaskScope } from '../../principal.js'
import { toStorableText } from '../storable-text.js'
import { fromCursor, toCursor } from '../list-cursor.js'
import { type ListFilter, mostLooksOf } from '../list-filter.js'
import type { StoredTask } from '../task-store.js'
import { type MemoryRow, toListedTask } from './memory-row.js'

/** One page, newest first. */
export function listRows(
  rows: Iterable<MemoryRow>,
  filter: ListFilter,
  scope: TaskScope,
): { tasks: StoredTask[]; nextCursor: string | null } {
  const after = filter.cursor === undefined ? null : fromCursor(filter.cursor)
  const candidates = [...rows]
    .filter((row) => isInScope(row.input, scope) && isCandidate(row, filter))
    .filter((row) => !after || newestFirst({ createdAt: after.createdAt, taskId: after.taskId }, positionOf(row)) < 0)
    .toSorted((a, b) => newestFirst(positionOf(a), positionOf(b)))
  const mostLooks = mostLooksOf(filter)
  const matching = candidates.slice(0, mostLooks).filter((row) => matches(row, filter))
  const page = matching.slice(0, filter.limit)
  const last = matching.length > page.length ? page.at(-1) : candidates[mostLooks - 1]
  return { tasks: page.map(toListedTask), nextCursor: last ? toCursor(positionOf(last)) : null }
}

/** The conditions that a search asks before it looks at a task. */
function isCandidate(
  { input, createdAt }: MemoryRow,
  { userId, batchId, createdAfter, createdBefore }: ListFilter,
): boolean {
  if (userId !== undefined && input.userId !== userId) return false
  if (batchId !== undefined && input.batchId !== batchId) return false
  if (createdAfter !== undefined && createdAt <= Date.parse(createdAfter)) return false
  return createdBefore === undefined || createdAt < Date.parse(createdBefore)
}

function matches({ input, status: own, completedAt, purgedAt }: MemoryRow, filter: ListFilter): boolean {
  const { brandId, type, status, endedAfter, tags, search } = filter
  if (purgedAt !== undefined) return false
  if (brandId !== undefined && input.brandId !== brandId) return false
  if (type !== undefined && input.type !== type) return false
  if (status !== undefined && !status.includes(own)) return false
  if (endedAfter !== undefined && !(completedAt !== undefined && completedAt > Date.parse(endedAfter))) return false
  if (tags !== undefined && !tags.every((tag) => input.tags?.includes(toStorableText(tag)))) return false
  return search === undefined || isFound(input, search)
}

function positionOf(row: MemoryRow) {
  return { createdAt: row.createdAt, taskId: row.input.taskId }
}

function newestFirst(a: { createdAt: number; taskId: string }, b: { createdAt: number; taskId: string }): number {
  if (a.createdAt !== b.createdAt) return b.createdAt - a.createdAt
  if (a.taskId === b.taskId) return 0
  return a.taskId < b.taskId ? 1 : -1
}
