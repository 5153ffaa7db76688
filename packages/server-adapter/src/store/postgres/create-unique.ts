import { type RawBuilder, sql } from 'kysely'
import { toStorableText } from '../storable-text.js'
import type { StoredTask } from '../task-store.js'
import type { CreateTasksInput, CreateTasksOutcome } from '../task-creation.js'
import type { TaskChange } from '../task-watcher.js'
import { placeOf, planUnique, REPLACED } from '../plan-unique.js'
import { awaitTasks } from './after-tasks.js'
import { cancelTasks } from './cancel-tasks.js'
import type { Transact } from './claim-tasks.js'
import { createTasks, toCreateEntry } from './create-tasks.js'
import { replayTasks } from './idempotency-keys.js'
import type { ChangingProcess } from './notify.js'
import type { RunningRows } from './running-rows.js'
import { rowsOf, type Execute } from './statement.js'
import { payloadColumns, taskColumns, toStoredTask, type TaskRow } from './task-row.js'

/** An arbitrary lock number: "uniq" in ASCII. The second key of the lock is the place of a task. */
const LOCK = 0x75_6e_69_71

/** Rolls the transaction back: the tasks to be replaced stay, because a limit or an idempotency key refuses the new ones. */
const NOTHING_INSERTED = new Error('Nothing was inserted.')

/**
 * Creates tasks, with unique keys for some, as one transaction. Its lock lets no other create look at the same keys before
 * it has ended, so its look at the tasks under way is exact.
 *
 * @returns null when the idempotency key was taken meanwhile, or a limit was passed
 * @throws TaskError `already_under_way`
 */
export async function createUnique(
  transact: Transact,
  input: CreateTasksInput,
  { own, running }: { own: ChangingProcess; running: RunningRows },
): Promise<CreateTasksOutcome | null> {
  // Watchers learn of changes after the commit.
  const changes: TaskChange[] = []
  const untilCommit = { id: own.id, tell: (told: readonly TaskChange[]) => void changes.push(...told) }
  try {
    const outcome = await transact((execute) => {
      changes.length = 0
      return createWithin(execute, input, { own: untilCommit, running })
    })
    own.tell(changes)
    return outcome
  } catch (error) {
    if (error === NOTHING_INSERTED) return null
    throw error
  }
}

async function createWithin(
  execute: Execute,
  input: CreateTasksInput,
  { own, running }: { own: ChangingProcess; running: RunningRows },
): Promise<CreateTasksOutcome | null> {
  const places = toPlaces(input)
  await lockPlaces(execute, places)
  const replayed = await replayTasks(execute, toCreateEntry(input))
  if (replayed) return replayed

  const underWay = await findUnderWay(execute, places)
  const plan = planUnique(input.tasks, underWay)
  const scope = { reach: 'tenant', tenantId: input.tasks[0]?.tenantId ?? '' } as const
  const by = input.tasks[0]?.createdBy
  const replacing = plan.replaced.map((taskId) => ({ taskId, scope, by, notices: input.notices }))
  const replaced = replacing.length > 0 ? await cancelTasks(execute, replacing, own, { reason: REPLACED }) : []
  const awaiting = await awaitTasks(execute, plan.insert)
  const [created] = await createTasks(execute, [toCreateEntry(input, { ...plan, awaiting })], { own, running })
  if (!created) throw NOTHING_INSERTED

  const known = new Map([...underWay.values(), ...created.tasks].map((task) => [task.taskId, task]))
  const cancelled = replaced.filter((task) => task !== null)
  return {
    tasks: plan.answers.flatMap((taskId) => known.get(taskId) ?? []),
    replayed: plan.insert.length === 0,
    ...(cancelled.length > 0 && { replaced: cancelled }),
  }
}

interface Place {
  place: string
  tenant_id: string
  type: string
  unique_key: string
}

function toPlaces({ tasks }: CreateTasksInput): Place[] {
  return tasks.flatMap((task) => {
    const place = placeOf(task)
    if (place === null || !task.unique) return []
    const { tenantId, type, unique } = task
    return { place, tenant_id: toStorableText(tenantId), type, unique_key: toStorableText(unique.key) }
  })
}

/** Locks are taken in one order everywhere, so that two transactions cannot deadlock. */
async function lockPlaces(execute: Execute, places: readonly Place[]): Promise<void> {
  await execute(sql`
    select pg_advisory_xact_lock(${sql.lit(LOCK)}, concern)
      from (
        select hashtext(json_build_array(tenant_id, type, unique_key)::text) as concern
          from ${recordsOf(places)}
         group by 1 order by 1
      ) as concerns`)
}

/** The tasks under way at the places. They cannot end before the transaction does. */
async function findUnderWay(execute: Execute, places: readonly Place[]): Promise<Map<string, StoredTask>> {
  const rows = await execute(sql<TaskRow & { place: string }>`
    select x.place, ${taskColumns}, ${payloadColumns}
      from (select distinct * from ${recordsOf(places)}) as x
      join brandkit.tasks t on t.tenant_id = x.tenant_id and t.type = x.type and t.unique_key = x.unique_key
     where t.unique_key is not null and t.status in ('queued', 'processing')
     order by t.id
       for update of t`)
  return new Map(rows.map((row) => [row.place, toStoredTask(row)]))
}

function recordsOf(places: readonly Place[]): RawBuilder<unknown> {
  return sql`json_to_recordset(${rowsOf(places)}) as x (place text, tenant_id text, type text, unique_key text)`
}
