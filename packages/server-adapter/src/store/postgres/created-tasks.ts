import type { StoredTask } from '../task-store.js'
import type { CreateTasksOutcome } from '../task-creation.js'
import type { CreateEntry, CreateRow } from './create-tasks.js'
import type { ChangedRow } from './notify.js'
import { ZERO } from './read-number.js'
import type { RunningRow, RunningRows } from './running-rows.js'
import { type Taken, takenOf } from './take-over.js'
import { type MovingRow, type TaskRow, withoutContent } from './task-row.js'

/** What the database tells of a new row: only what it has decided. */
export interface CreatedRow
  extends Pick<ChangedRow, 'id' | 'status' | 'messages'>, Pick<TaskRow, 'created_at'>, Partial<Taken> {
  /** Null when it is `created_at`. */
  run_at: string | null
}

/** A new row has had one claim, or none. */
export const epochOf = ({ status }: CreatedRow) => (status === 'processing' ? 1 : 0)

/** The tasks as they were stored: the database sends only what it has decided. */
export function toOutcome(
  { rows, payloads }: CreateEntry,
  byId: ReadonlyMap<string, CreatedRow>,
  running: RunningRows,
): CreateTasksOutcome | null {
  const tasks: StoredTask[] = []
  for (const input of rows) {
    const created = byId.get(input.id)
    if (!created) return null
    const epoch = epochOf(created)
    const row = toFixedRow(input, created, payloads.get(input.id) ?? 'null')
    if (epoch === 1) running.remember({ taskId: row.id, epoch }, row)
    const task = withoutContent(row, {
      ...UNBEGUN,
      waits_for: input.waits_for ?? null,
      awaited: input.awaited ?? null,
      status: created.status,
      epoch,
      updated_at: created.created_at,
      ...(input.take_from !== undefined && takenOf(created)),
    })
    task.payload = JSON.parse(row.payload_text)
    tasks.push(task)
  }
  return { tasks, replayed: false }
}

function toFixedRow(input: CreateRow, created: CreatedRow, payload_text: string) {
  const attempt = epochOf(created)
  const begun = attempt === 1 ? created.created_at : null
  return {
    id: input.id,
    tenant_id: input.tenant_id,
    user_id: input.user_id,
    created_by: input.created_by,
    brand_id: input.brand_id,
    type: input.type,
    type_version: input.type_version,
    title: input.title,
    tags: input.tags ?? null,
    after: input.after ?? null,
    priority: input.priority,
    max_retries: input.max_retries,
    trace_id: input.trace_id,
    traceparent: input.traceparent ?? null,
    batch_id: input.batch_id ?? null,
    retry_of: input.retry_of ?? null,
    tier: input.tier ?? null,
    keys_of: input.keys_of ?? null,
    plan: input.plan,
    created_at: created.created_at,
    run_at: created.run_at ?? created.created_at,
    started_at: begun,
    attempt_started_at: begun,
    attempt,
    rings: 0,
    payload_text,
  } satisfies RunningRow
}

/** The columns that a new row gets from their defaults. */
const UNBEGUN = {
  step_started: {},
  step_completed: {},
  step_items: null,
  progress: ZERO,
  current_step: null,
  version: 1,
  completed_at: null,
  purged_at: null,
  last_error: null,
  error_code: null,
  usage: null,
  text_cursor: null,
  waiting_for: null,
} as const satisfies Partial<MovingRow>
