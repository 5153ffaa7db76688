import { isTerminal } from '@brandkit/core'
import { overLimit } from '../store-errors.js'
import type { ClaimLimits } from '../store-limits.js'
import type { CreateTasksInput } from '../task-creation.js'
import { byUrgency } from './due-row.js'
import type { MemoryRow } from './memory-row.js'

type Sibling = Pick<MemoryRow['input'], 'tenantId' | 'userId' | 'type'>

/** @throws TaskError `too_many_active_tasks` or `queue_full` when the new tasks would pass a limit. */
export function assertRoom(rows: Iterable<MemoryRow>, { tasks: [first, ...others], limits }: CreateTasksInput): void {
  if (!limits || !first) return
  const count = others.length + 1
  const active = [...rows].filter((row) => !isTerminal(row.status))
  const own = active.filter(({ input }) => isSameOwner(input, first))
  if (own.length + count > (limits.activePerUser ?? Infinity)) throw overLimit('active')
  const queued = active.filter(({ status }) => status === 'queued')
  if (queued.length + count > (limits.queued ?? Infinity)) throw overLimit('queued')
}

/** Whether one more task like this may run. */
export function hasRoom(rows: Iterable<MemoryRow>, { input }: Pick<MemoryRow, 'input'>, limits: ClaimLimits): boolean {
  const running = [...rows].filter(({ status }) => status === 'processing')
  const own = running.filter((row) => isSameOwner(row.input, input))
  if (own.length >= (limits.perUser ?? Infinity)) return false
  const alike = running.filter((row) => row.input.type === input.type)
  return alike.length < (limits.perType?.[input.type] ?? Infinity)
}

/** After a task has ended, releases the most urgent held task of the same owner and of the same type that may run now. */
export function releaseRows(rows: readonly MemoryRow[], sibling: Sibling, limits: ClaimLimits): MemoryRow[] {
  const ready = rows
    .filter((row) => row.held && row.status === 'queued' && hasRoom(rows, row, limits))
    .toSorted(byUrgency)
  const next = new Set([
    ready.find(({ input }) => isSameOwner(input, sibling)),
    ready.find(({ input }) => input.type === sibling.type),
  ])
  return [...next].flatMap((row) => {
    if (!row) return []
    row.held = false
    return row
  })
}

function isSameOwner(a: Pick<Sibling, 'tenantId' | 'userId'>, b: Pick<Sibling, 'tenantId' | 'userId'>): boolean {
  return a.tenantId === b.tenantId && a.userId === b.userId
}
