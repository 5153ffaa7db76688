import {
  type BackoffPolicy,
  describeError,
  describeErrorStack,
  isTaskError,
  LIMITS,
  readTaskError,
  TaskError,
  type TaskLogger,
} from '@brandkit/core'
import { logWholeMessage } from '../../log-whole-message.js'
import type { AttemptEnd } from '../../store/attempt-writes.js'
import type { StoredTask, TaskStore } from '../../store/task-store.js'
import type { Budgets } from '../spending/budgets.js'
import type { Attempt } from './attempt.js'
import type { Generator } from './generator.js'
import { createGeneratorContext } from './generator-context.js'
import { GeneratorReports } from './generator-reports.js'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import { keepData } from '../keep-data.js'
import { persist } from './persist.js'
import { ProviderWaits, type ProviderWaitsOptions } from '../providers/provider-waits.js'
import { readPrevious } from './read-previous.js'
import { toPlainMessage } from '../plain-message.js'
import { decideRetry } from './retry-decision.js'
import { readStoredPayload } from '../stored-data.js'
import type { Telemetry } from '../telemetry.js'

interface RunAttemptOptions {
  attempt: Attempt
  generator: Generator<never>
  store: TaskStore
  budgets: Budgets | undefined
  telemetry: Telemetry
  backoff: BackoffPolicy
  logger: TaskLogger
  /** Aborts at the very end of a shutdown: writes that the store has not accepted are then given up. */
  giveUp: AbortSignal
  /** Undefined for a server without provider budgets. */
  providers?: Pick<ProviderWaitsOptions, 'budgets' | 'mostMs'> | undefined
  /** Called when the generator has ended and only the end is left to be stored. */
  onReturned: () => void
}

/**
 * Runs the generator to its end and records the outcome. Resolves with the stored task, or `null` if the attempt lost its
 * task (a cancel, another worker). Never rejects: if the outcome cannot be recorded, the lease expires.
 */
export async function runAttempt(options: RunAttemptOptions): Promise<StoredTask | null> {
  const { attempt, store, logger, giveUp: signal } = options
  try {
    const end = await runGenerator(options)
    options.onReturned()
    return end && (await persist(() => store.settle(attempt.lease, end), { signal, logger }))
  } catch (error) {
    return await recordRefusal(error, options)
  } finally {
    attempt.end()
  }
}

async function runGenerator(options: RunAttemptOptions): Promise<AttemptEnd | null> {
  const { attempt, generator, backoff, logger } = options
  const reports = new GeneratorReports(options)
  const waits = options.providers && new ProviderWaits({ ...options.providers, attempt, reports })
  try {
    const { task } = attempt
    if (task.unreadable) throw task.unreadable
    const payload = readStoredPayload(task, attempt.definition, logger)
    const previous = task.after ? await readPrevious(task, options.store) : []
    const context = createGeneratorContext(payload, { ...options, reports, waits, previous })
    // A generator that ignores its signal keeps its slot until it returns or the attempt's time is over.
    const result = await attempt.race(() => generator(context))
    if (attempt.abortReason) throw attempt.signal.reason
    const usageStored = reports.usageStored()
    if (usageStored) await usageStored
    return { status: 'completed', result: parseResult(attempt, result), text: reports.text?.unwritten }
  } catch (error) {
    if (!attempt.abortReason) {
      logger.error(
        `Attempt ${attempt.task.attempt} of ${attempt.task.type} failed: ${describeErrorStack(error)}`,
        factsOf(attempt),
      )
      const known = readTaskError(error)
      if (known) logWholeMessage(known, logger, factsOf(attempt))
      await waits?.noteFailure(error)
    }
    // A task without a result shows its last partial result.
    await reports.flush()
    return decideRetry({
      error,
      aborted: attempt.abortReason,
      attempt: attempt.task.attempt,
      backoff,
      traceId: attempt.task.traceId,
      progress: reports.progress.unwritten,
      text: reports.text?.unwritten,
      wait: waits?.wait,
    })
  } finally {
    reports.close()
  }
}

/** Fails the task if the store has refused its result. Any other error leaves the end to the lease. */
async function recordRefusal(
  error: unknown,
  { attempt, store, logger }: RunAttemptOptions,
): Promise<StoredTask | null> {
  try {
    if (!isTaskError(error) || error.code !== 'result_unserializable') throw error
    logger.error(`The result of ${attempt.task.type} was refused by the store: ${error.message}`, factsOf(attempt))
    const lastError = toPlainMessage(error.code, attempt.task.traceId) ?? error.message
    return await store.settle(attempt.lease, { status: 'failed', errorCode: error.code, lastError })
  } catch (reason) {
    attempt.abortIfLost(reason)
    logger.warn('The end of an attempt could not be recorded; its lease will tell', {
      ...factsOf(attempt),
      reason: describeError(reason),
    })
    return null
  }
}

const RESULT = { what: 'The result', maxBytes: LIMITS.resultBytes, code: 'result_unserializable' } as const

function parseResult({ definition }: Attempt, result: unknown): unknown {
  const { json } = keepData(result, {
    schema: definition.result,
    limit: RESULT,
    unfit: (error) =>
      new TaskError(
        'result_invalid',
        `The generator returned a result that does not fit the catalog: ${describeIssues(toFieldIssues(error))}`,
      ),
  })
  return JSON.parse(json)
}

function factsOf({ task, lease }: Attempt) {
  return { taskId: task.taskId, traceId: task.traceId, attempt: task.attempt, epoch: lease.epoch }
}
