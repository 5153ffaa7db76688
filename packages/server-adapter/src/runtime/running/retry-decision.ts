import { type BackoffPolicy, readTaskError, TaskError, toPrintable } from '@brandkit/core'
import type { AttemptEnd, ProviderWait, TextAppend } from '../../store/attempt-writes.js'
import type { AbortReason } from './attempt.js'
import { toPlainMessage } from '../plain-message.js'

interface RetryDecisionInput {
  error: unknown
  /** Why the runtime aborted the attempt, if it did. */
  aborted: AbortReason | null
  attempt: number
  backoff: BackoffPolicy
  traceId: string
  /** The last progress of the attempt, unless a write has stored it. */
  progress?: number | undefined
  /** The text that no write has stored. */
  text?: TextAppend | undefined
  /** What the attempt was released for. */
  wait?: (ProviderWait & { delayMs: number }) | undefined
}

/**
 * Decides the end of an unsuccessful attempt; `null` if the attempt no longer owns its task.
 *
 * A thrown error is retryable unless it says otherwise. Users only see messages of our own error classes, which a generator
 * writes for users. Any other message may contain a path, SQL, a prompt or the output of a validator.
 */
export function decideRetry({
  error,
  aborted,
  attempt,
  backoff,
  traceId,
  progress,
  text,
  wait,
}: RetryDecisionInput): AttemptEnd | null {
  if (aborted === 'cancelled' || aborted === 'ownership_lost') return null
  if (aborted === 'shutdown' || aborted === 'invocation_over') return { status: 'release', progress, text }
  if (aborted === 'waiting_for_provider') return { status: 'release', progress, text, wait }

  const cause =
    aborted === 'task_timed_out'
      ? new TaskError('task_timed_out', 'This took longer than it may, and was stopped.')
      : error
  const known = readTaskError(cause) ?? new TaskError('generator_failed', 'Something went wrong.')
  const lastError = toPlainMessage(known.code, traceId) ?? toPrintable(known.message)
  const end = { errorCode: known.code, lastError, progress, text }
  if (!known.retryable) return { status: 'failed', ...end }
  return { status: 'retry', delayMs: known.retryAfterMs ?? backoff.delayMs(attempt), ...end }
}
