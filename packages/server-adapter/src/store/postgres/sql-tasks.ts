import { TaskError } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { assertDelay, overLimit, ownershipLost } from '../store-errors.js'
import type { AttemptEnd, TaskReport } from '../attempt-writes.js'
import type { UsageReport } from '../store-usage.js'
import type { ClaimInput, ClaimOutcome } from '../task-claim.js'
import type { Lease, StoredTask, TaskStore } from '../task-store.js'
import type { CreateTasksInput, CreateTasksOutcome } from '../task-creation.js'
import type { SqlTransaction } from '../sql-database.js'
import { cancelTasks, type CancelEntry } from './cancel-tasks.js'
import { claimTasks, type Transact } from './claim-tasks.js'
import { createTasks, toCreateEntry, type CreateEntry } from './create-tasks.js'
import { toCreateError } from './create-error.js'
import { createUnique } from './create-unique.js'
import { findLimit } from './create-limits.js'
import { attemptOf, toBeat, toCheckpoint, toEnd, toReport, type WriteEntry } from './fold-writes.js'
import { eraseUser } from './erase-user.js'
import { createFindTasks } from './find-tasks.js'
import { groupCommit } from './group-commit.js'
import { replayTasks } from './idempotency-keys.js'
import type { ChangingProcess } from './notify.js'
import { maintainTasks } from './maintaining/maintain-tasks.js'
import { deleteTask } from './maintaining/purge-tasks.js'
import { readAudit } from './read-audit.js'
import { takeNotices } from './notices/take-notices.js'
import { readOutlook, readStats } from './read-outlook.js'
import { readThroughput } from './read-throughput.js'
import { listTasks } from './list-tasks.js'
import { releaseNext } from './release-next.js'
import { createRunningRows } from './running-rows.js'
import { repeatRefused } from './repeat-refused.js'
import { executeOn, type Database, type Execute } from './statement.js'
import { isConnectionError, toStoreError } from './to-store-error.js'
import { recordUsage, type UsageEntry } from './usage/record-usage.js'
import { readUsage } from './usage/read-usage.js'
import { findSettled, toWriteError, writeAttempts, type WriteOutcome } from './write-attempts.js'

export type SqlTasks = Omit<
  Required<TaskStore>,
  'name' | 'capabilities' | 'database' | 'open' | 'close' | 'watch' | 'place'
>

/** The methods of a store on an open database. Writes are group-committed, each kind in its own group. */
export function sqlTasks(database: Database, { shared, own }: { shared: boolean; own: ChangingProcess }): SqlTasks {
  const execute = persistent(executeOn(database))
  const running = createRunningRows()
  const findTasks = createFindTasks(execute)
  const isCommonFailure = isConnectionError
  const transact = transactOn(database)

  const createGroup = groupCommit<CreateEntry, CreateTasksOutcome | null>({
    run: (entries) => createTasks(execute, entries, { own, running }),
    isCommonFailure,
    sizeOf: ({ bytes }) => bytes,
  })
  // One at a time, because two creates of one statement cannot see each other.
  const uniqueGroup = groupCommit<CreateTasksInput, CreateTasksOutcome | null>({
    run: (inputs) => Promise.all(inputs.map((input) => createUnique(transact, input, { own, running }))),
    isCommonFailure,
    maxEntries: 1,
  })
  const claimGroup = groupCommit<ClaimInput, ClaimOutcome>({
    // A process that has the database alone sends one claim statement at a time anyway.
    run: (inputs) => claimTasks(execute, inputs, { transact: shared ? transact : null, own, running }),
    isCommonFailure,
    keyOf: ({ taskId }) => taskId,
    closes: () => true,
  })
  const writeGroup = groupCommit<WriteEntry, WriteOutcome>({
    run: (entries) => writeAttempts(execute, entries, { own, running }),
    isCommonFailure,
    keyOf: ({ lease }) => attemptOf(lease),
    closes: ({ end }) => end !== undefined,
    sizeOf: ({ partialResult, completed, text, end }) =>
      500 +
      (partialResult?.length ?? 0) +
      (completed?.output.length ?? 0) +
      (text?.append.length ?? 0) +
      (end?.result?.length ?? 0),
  })
  const cancelGroup = groupCommit<CancelEntry, StoredTask | null>({
    run: (entries) => cancelTasks(execute, entries, own),
    isCommonFailure,
    keyOf: ({ taskId }) => taskId,
    closes: () => true,
  })

  const usageGroup = groupCommit<UsageEntry, 'owned' | 'lost'>({
    run: (entries) => recordUsage(execute, entries, own),
    isCommonFailure,
  })

  async function write(entry: WriteEntry): Promise<WriteOutcome> {
    try {
      return await writeGroup(entry)
    } catch (error) {
      throw toStoreError(toWriteError(error))
    }
  }

  async function writeOwned(entry: WriteEntry): Promise<void> {
    if ((await write(entry)) === 'lost') throw ownershipLost(entry.lease)
  }

  /** Usage is stored first and in any case; the rest only by the owner. */
  async function reportUsage(lease: Lease, { usage, ...rest }: TaskReport & { usage: UsageReport }): Promise<void> {
    if ((await reading(usageGroup({ lease, report: usage }))) === 'lost') throw ownershipLost(lease)
    if (Object.values(rest).some((value) => value !== undefined)) await writeOwned(toReport(lease, rest))
  }

  async function settle(lease: Lease, end: AttemptEnd): Promise<StoredTask> {
    assertDelay(end)
    const outcome = await write(toEnd(lease, end))
    if (typeof outcome === 'object') return outcome
    const settled = await reading(findSettled(execute, lease, end.status))
    if (!settled) throw ownershipLost(lease)
    return settled
  }

  return {
    create: (input) => {
      const { transaction, tasks } = input
      const within = transaction ? executeIn(database, transaction) : execute
      if (tasks.some(({ unique, after }) => unique ?? after)) {
        const transactWithin = transaction ? savepointIn(within) : null
        return create(input, within, () =>
          transactWithin ? createUnique(transactWithin, input, OF_AN_APP) : uniqueGroup(input),
        )
      }
      // Inside an app's transaction nothing is grouped, because the app commits it.
      return create(input, within, transaction ? (entry) => createAlone(within, entry) : createGroup)
    },
    find: (taskIds, scope, options) => reading(findTasks(taskIds, scope, options)),
    list: (filter, scope) => reading(listTasks(execute, filter, scope)),
    claim: (input) => reading(claimGroup(input)),
    beat: async (lease, { leaseMs }) => writeOwned(toBeat(lease, leaseMs)),
    report: async (lease, report) => {
      const { usage } = report
      return usage ? reportUsage(lease, { ...report, usage }) : writeOwned(toReport(lease, report))
    },
    checkpoint: async (lease, checkpoint) => writeOwned(toCheckpoint(lease, checkpoint)),
    settle,
    cancel: (taskId, scope, options = {}) => reading(cancelGroup({ taskId, scope, ...options })),
    releaseNext: (ended, options) => reading(releaseNext(execute, ended, { ...options, own })),
    delete: (taskId, scope, { by } = {}) => reading(deleteTask(execute, { taskId, scope, by }, own)),
    eraseUser: (input) => reading(eraseUser(transact, input, own)),
    audit: (query) => reading(readAudit(execute, query)),
    maintain: (input) => reading(maintainTasks(execute, input, own)),
    takeNotices: (input) => reading(takeNotices(execute, input)),
    stats: (tenantId) => reading(readStats(execute, tenantId)),
    throughput: (query) => reading(readThroughput(execute, query)),
    usage: (query) => reading(readUsage(execute, query)),
    outlook: (input) => reading(readOutlook(execute, input)),
    ping: () => reading(ping(execute)),
  }
}

/** In an app's transaction, whose end we do not see. */
const OF_AN_APP = { own: { id: null, tell: () => {} }, running: createRunningRows({ mostBytes: 0 }) }

async function createAlone(execute: Execute, entry: CreateEntry): Promise<CreateTasksOutcome | null> {
  const [created = null] = await createTasks(execute, [entry], OF_AN_APP)
  return created
}

async function create(
  input: CreateTasksInput,
  execute: Execute,
  insert: (entry: CreateEntry) => Promise<CreateTasksOutcome | null>,
): Promise<CreateTasksOutcome> {
  try {
    const entry = toCreateEntry(input)
    if (entry.rows.length === 0) return { tasks: [], replayed: false }
    // A taken key without tasks belonged to tasks that were deleted between the two statements. A limit that is no longer
    // passed was reached by other entries of the same statement. Both cases are tried again.
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const outcome = (await insert(entry)) ?? (await replayTasks(execute, entry))
      if (outcome) return outcome
      const limit = await findLimit(execute, entry)
      if (limit) throw overLimit(limit)
    }
  } catch (error) {
    throw toStoreError(toCreateError(error))
  }
  throw new TaskError(
    'store_unavailable',
    'The tasks could not be created in five attempts. The same call may be repeated.',
  )
}

/**
 * Requests a row lock with a condition that matches no row, so the table stays unchanged. A read-only database refuses the
 * lock as it refuses every write, so that the pool dials anew as after a write.
 */
async function ping(execute: Execute): Promise<void> {
  await execute(sql`select 1 from brandkit.tasks where id = 'health' for update`)
}

async function reading<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw toStoreError(error)
  }
}

/** Sends a statement again if it had no effect and a repetition may help. */
function persistent(execute: Execute): Execute {
  return (statement) => repeatRefused(() => execute(statement))
}

function transactOn(database: Database): Transact {
  return (work) =>
    repeatRefused(() =>
      database
        .transaction()
        .setIsolationLevel('read committed')
        .execute((transaction) => work(executeOn(transaction))),
    )
}

function executeIn(database: Database, transaction: SqlTransaction): Execute {
  return async <Row>(statement: RawBuilder<Row>) => {
    const { sql: text, parameters } = statement.compile(database)
    const { rows } = await transaction.query(text, [...parameters])
    return rows as Row[]
  }
}

/** Within an app's transaction: what fails leaves nothing behind, and the app may go on. */
function savepointIn(execute: Execute): Transact {
  return async (work) => {
    await execute(sql`savepoint brandkit`)
    try {
      const outcome = await work(execute)
      await execute(sql`release savepoint brandkit`)
      return outcome
    } catch (error) {
      await execute(sql`rollback to savepoint brandkit`)
      throw error
    }
  }
}
