import { sql } from 'kysely'
import { isInScope, type TaskScope } from '../../principal.js'
import { toStorableOwner, toStorableText } from '../storable-text.js'
import type { StoredTask } from '../task-store.js'
import type { FindOptions } from '../task-text.js'
import { findTexts } from './find-texts.js'
import { groupCommit } from './group-commit.js'
import { among, visibleTo } from './read-tasks.js'
import { type Execute, frequent } from './statement.js'
import {
  parseStoredTask,
  payloadText,
  smallColumns,
  type TaskRow,
  toStoredTask,
  type UnparsedRow,
  unparsedColumns,
} from './task-row.js'
import { isConnectionError } from './to-store-error.js'

export interface FindEntry {
  taskIds: readonly string[]
  scope: TaskScope
}

/** A read of more ids is a statement of its own: it is a batch already, and a long answer would delay the short ones. */
const FEW_IDS = 10

/** Far longer than a read takes, and far shorter than a user waits: the next reads do without a connection that hangs. */
const PATIENCE_MS = 100

/**
 * Reads tasks by id. Reads of few ids that arrive together, or while such a statement runs, share one statement, because most
 * of the cost of a read is that of a statement, for this process and for the database.
 */
export function createFindTasks(execute: Execute) {
  // As many as one request may name.
  const together = (options: FindOptions) =>
    groupCommit<FindEntry, StoredTask[]>({
      run: (entries) => findEach(execute, entries, options),
      isCommonFailure: isConnectionError,
      maxEntries: 100,
      patienceMs: PATIENCE_MS,
    })
  const whole = together({})
  const withoutPayload = together({ without: 'payload' })

  return async (taskIds: readonly string[], scope: TaskScope, options: FindOptions = {}): Promise<StoredTask[]> => {
    if (options.textAfter !== undefined)
      return findTexts(execute, taskIds, scope, { after: options.textAfter, as: options.textAs })
    if (options.also) return findWithRetries(execute, taskIds, scope)
    if (taskIds.length > FEW_IDS) return findTasks(execute, taskIds, scope, options)
    return (options.without ? withoutPayload : whole)({ taskIds, scope })
  }
}

/** Reads tasks by id in a statement of their own. */
export async function findTasks(
  execute: Execute,
  taskIds: readonly string[],
  scope: TaskScope,
  options: FindOptions = {},
): Promise<StoredTask[]> {
  const [found = []] = await findEach(execute, [{ taskIds, scope }], options)
  return found
}

/** Reads tasks with those that repeat them, and so on. All their results together may be large. */
async function findWithRetries(execute: Execute, taskIds: readonly string[], scope: TaskScope): Promise<StoredTask[]> {
  const rows = await execute(sql<TaskRow>`
    with recursive family as (
      select t.id from brandkit.tasks t where ${among(taskIds)} and ${visibleTo(scope)}
      union
      select t.id from brandkit.tasks t join family on t.retry_of = family.id where ${visibleTo(scope)}
    )
    select ${smallColumns} from brandkit.tasks t where t.id in (select id from family)`)
  return rows.map(toStoredTask)
}

/** Each entry gets only what its own scope may see, and objects of its own. */
async function findEach(
  execute: Execute,
  entries: readonly FindEntry[],
  { without }: FindOptions,
): Promise<StoredTask[][]> {
  const wanted = entries.map(({ taskIds }) => [...new Set(taskIds.map(toStorableText))])
  const columns = without ? unparsedColumns : sql`${unparsedColumns}, ${payloadText}`
  // The ids alone find the rows. With a scope beside them, a plan that was made for few rows reads all tasks of the owner.
  const rows = await execute(sql<UnparsedRow>`${frequent}
    select ${columns} from brandkit.tasks t where t.id = any(${[...new Set(wanted.flat())]}::text[])`)

  const byId = new Map(rows.map((row) => [row.id, row]))
  return entries.map(({ scope }, at) => {
    const storable = toStorableScope(scope)
    const visible = (wanted[at] ?? []).flatMap((id) => {
      const row = byId.get(id)
      return row && isVisible(row, storable) ? row : []
    })
    return visible.map(parseStoredTask)
  })
}

/** The rule of `visibleTo`, for a row that has been read. */
function isVisible({ tenant_id, user_id, brand_id }: UnparsedRow, scope: TaskScope): boolean {
  return isInScope({ tenantId: tenant_id, userId: user_id, brandId: brand_id }, scope)
}

/** The scope in the form in which rows keep its texts. Missing ids stay missing, and match nothing. */
function toStorableScope(scope: TaskScope): TaskScope {
  const tenantId = toStorableOwner(scope.tenantId) as string
  if (scope.reach !== 'own' && scope.reach !== 'brand') return { ...scope, tenantId }
  const { brandIds: named } = scope
  const brandIds = Array.isArray(named) ? named.map(toStorableText) : named
  if (scope.reach === 'brand') return { ...scope, tenantId, brandIds }
  return { ...scope, tenantId, userId: toStorableOwner(scope.userId) as string, brandIds }
}
