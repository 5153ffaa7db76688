import { attemptOf, type AttemptName } from './fold-writes.js'
import type { FixedRow } from './task-row.js'

/** The columns of a claimed task that cannot change until its attempt ends. */
export interface RunningRow extends FixedRow {
  /** As text, because the worker may change the value that it was given. */
  payload_text: string | null
}

export interface RunningRows {
  remember(lease: AttemptName, row: RunningRow): void
  find(lease: AttemptName): RunningRow | undefined
  /** Drops the row of an attempt that has ended, by the name that `attemptOf` gives it. */
  forget(attempt: string): void
}

/**
 * What this process knows of the attempts that it runs, so that the end of an attempt does not send it back: least of all the
 * payload. An attempt that is given up without a write would stay for ever, so the oldest rows make room. An end of an
 * attempt that is not known reads the whole row.
 */
export function createRunningRows({ mostBytes = 32_000_000 } = {}): RunningRows {
  const rows = new Map<string, RunningRow>()
  let bytes = 0

  function forget(attempt: string): void {
    const row = rows.get(attempt)
    if (!row) return
    rows.delete(attempt)
    bytes -= sizeOf(row)
  }

  return {
    remember(lease, row) {
      const attempt = attemptOf(lease)
      forget(attempt)
      rows.set(attempt, row)
      bytes += sizeOf(row)
      for (const oldest of rows.keys()) {
        if (bytes <= mostBytes) return
        forget(oldest)
      }
    },
    find: (lease) => rows.get(attemptOf(lease)),
    forget,
  }
}

/** What to remember of a row that holds more, such as the outputs of all checkpoints. */
export function pickRunning(row: RunningRow): RunningRow {
  return {
    id: row.id,
    tenant_id: row.tenant_id,
    user_id: row.user_id,
    created_by: row.created_by,
    brand_id: row.brand_id,
    type: row.type,
    type_version: row.type_version,
    title: row.title,
    tags: row.tags,
    after: row.after,
    priority: row.priority,
    max_retries: row.max_retries,
    trace_id: row.trace_id,
    traceparent: row.traceparent,
    batch_id: row.batch_id,
    retry_of: row.retry_of,
    tier: row.tier,
    keys_of: row.keys_of,
    plan: row.plan,
    created_at: row.created_at,
    run_at: row.run_at,
    started_at: row.started_at,
    attempt_started_at: row.attempt_started_at,
    attempt: row.attempt,
    rings: row.rings,
    payload_text: row.payload_text,
  }
}

/** Characters of the payload, and about a thousand bytes for everything else. */
function sizeOf({ payload_text }: RunningRow): number {
  return 1_000 + (payload_text?.length ?? 0)
}
