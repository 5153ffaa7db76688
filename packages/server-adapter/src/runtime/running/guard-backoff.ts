import {
  assertBackoffPolicy,
  type BackoffPolicy,
  createBackoffPolicy,
  describeError,
  handled,
  type TaskLogger,
  toDelayMs,
} from '@brandkit/core'

/** The default backoff between attempts. Looks `Math.random` up at each draw, so that tests can shorten the delays. */
const DEFAULT_BACKOFF = createBackoffPolicy({ ceilingMs: 5 * 60 * 1_000, random: () => Math.random() })

/**
 * Guards the app's backoff policy: an answer that a store cannot keep is replaced by the default's.
 *
 * @throws TypeError for an invalid policy
 */
export function guardBackoff(own: BackoffPolicy | undefined, { logger }: { logger: TaskLogger }): BackoffPolicy {
  assertBackoffPolicy(own)
  if (!own) return DEFAULT_BACKOFF

  function ask(question: keyof BackoffPolicy, attempt: number): number {
    try {
      const answer: unknown = own?.[question](attempt)
      const delayMs = toDelayMs(answer)
      if (delayMs !== undefined) return delayMs
      if (answer instanceof Promise) void handled(answer)
      logger.warn(`backoff.${question} gave no number of milliseconds from 0; the default is used`, {
        attempt,
        answer: describeError(answer),
      })
    } catch (error) {
      logger.warn(`backoff.${question} failed; the default is used`, { attempt, reason: describeError(error) })
    }
    return DEFAULT_BACKOFF[question](attempt)
  }

  return { boundMs: (attempt) => ask('boundMs', attempt), delayMs: (attempt) => ask('delayMs', attempt) }
}
