import { describeError, isTaskError, LIMITS, type TaskDefinition, TaskError, type TaskLogger } from '@brandkit/core'
import { hashText } from '../../platform.js'
import type { TaskReport } from '../../store/attempt-writes.js'
import type { TaskStore } from '../../store/task-store.js'
import type { Attempt } from './attempt.js'
import type { GeneratorContext } from './generator.js'
import { createHandOut } from './hand-out.js'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import { createPartialResults } from './partial-results.js'
import { keepData } from '../keep-data.js'
import { persist } from './persist.js'
import { createProgressBehind } from './progress-behind.js'
import { generatorMistake } from '../plain-message.js'
import { createStepRuns } from './step-runs.js'
import { toStorableJson } from '../storable-json.js'
import { readStoredOutputs } from '../stored-data.js'
import type { Telemetry } from '../telemetry.js'

/** The highest progress of a running task, in percent. Only a completed task shows 100. */
const MOST_PROGRESS = 99

interface ContextOptions {
  attempt: Attempt
  store: TaskStore
  telemetry: Telemetry
  logger: TaskLogger
  /** Aborts at the very end of a shutdown: writes that the store has not accepted are then given up. */
  giveUp: AbortSignal
}

/** Makes the context that the generator gets. After `close`, calls from the generator write nothing. */
export function createGeneratorContext({ attempt, store, telemetry, logger, giveUp }: ContextOptions): {
  context: Omit<GeneratorContext<TaskDefinition>, 'payload'>
  /** Writes the waiting partial result. */
  flush: () => Promise<void>
  /** The last progress, unless a write has stored it. The end carries it. */
  unwrittenProgress: () => number | undefined
  close: () => void
} {
  const { task, lease, definition, signal } = attempt
  const facts = { taskId: task.taskId, traceId: task.traceId }
  const handOut = createHandOut()
  const outputs = readStoredOutputs(attempt.checkpoints, definition, { task, logger })
  const steps = createStepRuns(outputs)
  const done = new Set(outputs.keys())
  let closed = false
  let isRefusalTold = false

  /**
   * Writes a report, and returns whether it is stored. Ignores an unavailable store, because a lost report must not fail the
   * task.
   */
  async function report(change: TaskReport): Promise<boolean> {
    if (closed) return false
    signal.throwIfAborted()
    try {
      await store.report(lease, change)
      return true
    } catch (error) {
      attempt.abortIfLost(error)
      signal.throwIfAborted()
      if (!isTaskError(error) || error.code !== 'store_unavailable') throw error
      return false
    }
  }

  /** Nobody awaits these writes. */
  async function reportBehind(change: TaskReport): Promise<boolean> {
    try {
      return await report(change)
    } catch (error) {
      tellRefusal(error)
      return false
    }
  }

  const partials = createPartialResults(
    (partialResult) => latest.carry((progress) => report({ partialResult, progress })),
    attempt.clock,
  )
  const latest = createProgressBehind({
    stored: task.progress,
    write: (progress) => reportBehind({ progress }),
    clock: attempt.clock,
  })

  async function storeCheckpoint(step: string, output: unknown, progress: number): Promise<boolean> {
    await persist(() => store.checkpoint(lease, { step, output, progress }), { signal: giveUp, logger })
    return true
  }

  async function runStep(key: string, run: () => unknown): Promise<unknown> {
    await latest.carry((progress) => report({ currentStep: key, progress }))
    const output = parseOutput(key, definition, await run())
    if (closed) return output
    done.add(key)
    // Stored even after an abort: if this worker still holds the lease, the next attempt need not repeat the step.
    const share = shareOf(done, definition)
    await latest
      .carry((progress = 0) => storeCheckpoint(key, output, Math.max(share, progress)))
      .catch((error: unknown) => {
        attempt.abortIfLost(error)
        throw error
      })
    latest.stored(share)
    signal.throwIfAborted()
    return output
  }

  async function runKnownStep(key: string, run: () => unknown): Promise<unknown> {
    signal.throwIfAborted()
    if (Object.hasOwn(definition.steps, key)) return steps.get(key, () => telemetry.step(key, () => runStep(key, run)))
    throw generatorMistake(
      `The catalog has no step "${key}" for ${task.type}. Known steps: ${Object.keys(definition.steps).join(', ')}.`,
    )
  }

  async function reportProgress(percent: number): Promise<void> {
    if (!Number.isFinite(percent)) throw new RangeError(`progress(${percent}): give a number from 0 to 100.`)
    if (closed) return
    signal.throwIfAborted()
    latest.report(Math.min(Math.max(percent, 0), MOST_PROGRESS))
  }

  async function reportPartial(value: unknown): Promise<void> {
    const partialResult = toStorableJson(value, {
      what: 'The partial result',
      maxBytes: LIMITS.partialResultBytes,
      code: 'result_unserializable',
    })
    if (closed) return
    signal.throwIfAborted()
    partials.report(partialResult)
  }

  /** Logs the first refused report, because most generators ignore the promise of a report. */
  function tellRefusal(error: unknown): void {
    if (signal.aborted || isRefusalTold) return
    isRefusalTold = true
    logger.warn('A report of the generator was refused', { ...facts, reason: describeError(error) })
  }

  const context: Omit<GeneratorContext<TaskDefinition>, 'payload'> = {
    taskId: task.taskId,
    userId: task.userId,
    brandId: task.brandId,
    attempt: task.attempt,
    traceId: task.traceId,
    signal,
    logger,
    step: (key, run) => handOut(() => runKnownStep(key, run)) as never,
    progress: (percent) => handOut(() => reportProgress(percent), tellRefusal),
    partial: (value) => handOut(() => reportPartial(value), tellRefusal),
    idempotencyKey: (step) => hashText(`${task.taskId}\n${step}`, 'hex'),
  }
  return {
    context,
    flush: () => partials.flush(),
    unwrittenProgress: () => latest.unwritten,
    close() {
      closed = true
      latest.close()
      partials.close()
    },
  }
}

/** Parses the output of a step by its schema. A later attempt reads the stored output with the same schema. */
function parseOutput(key: string, { steps }: TaskDefinition, output: unknown): unknown {
  const schema = steps[key]?.output
  if (!schema) return undefined
  return keepData(output, {
    schema,
    limit: { what: `What step "${key}" returned`, maxBytes: LIMITS.resultBytes, code: 'result_unserializable' },
    unfit: (error) =>
      new TaskError(
        'result_invalid',
        `Step "${key}" returned something that does not fit the catalog: ${describeIssues(toFieldIssues(error))}`,
      ),
    unstable: (reason) =>
      new TaskError(
        'result_invalid',
        `The output schema of step "${key}" cannot read its own output: ${reason}. An output is parsed when it is stored and when a later attempt reads it, so move what transforms it into the step.`,
      ),
  }).data
}

/** The weight of the finished steps, in percent of the weight of all steps. */
function shareOf(done: ReadonlySet<string>, { steps }: TaskDefinition): number {
  const all = Object.keys(steps)
  const share =
    (100 *
      weigh(
        all.filter((key) => done.has(key)),
        steps,
      )) /
    // If all weights are 0, the progress stays 0 until the end.
    (weigh(all, steps) || 1)
  return Math.min(Math.round(share), MOST_PROGRESS)
}

function weigh(keys: readonly string[], steps: TaskDefinition['steps']): number {
  return keys.reduce((sum, key) => sum + (steps[key]?.weight ?? 1), 0)
}
