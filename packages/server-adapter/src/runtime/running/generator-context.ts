import { describeError, isTaskError, LIMITS, type TaskDefinition, TaskError, type TaskLogger } from '@brandkit/core'
import { hashText } from '../../platform.js'
import type { TaskReport, TaskStore } from '../../store/task-store.js'
import type { Attempt } from './attempt.js'
import type { GeneratorContext } from './generator.js'
import { createHandOut } from './hand-out.js'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import { createPartialResults } from './partial-results.js'
import { keepData } from '../keep-data.js'
import { persist } from './persist.js'
import { generatorMistake } from '../plain-message.js'
import { createStepRuns } from './step-runs.js'
import { toStorableJson } from '../storable-json.js'
import { readStoredOutputs } from '../stored-data.js'
import type { Telemetry } from '../telemetry.js'

/** A running task is never shown complete. */
const MOST_PROGRESS = 99

interface ContextOptions {
  attempt: Attempt
  store: TaskStore
  telemetry: Telemetry
  logger: TaskLogger
  /** Gives up writes that the store does not take, at the very end of a shutdown. */
  giveUp: AbortSignal
}

/** What the generator sees of its attempt. `close` makes every later call inert. */
export function createGeneratorContext({ attempt, store, telemetry, logger, giveUp }: ContextOptions): {
  context: Omit<GeneratorContext<TaskDefinition>, 'payload'>
  /** Writes the partial result that still waits. */
  flush: () => Promise<void>
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

  /** A write that may get lost: progress is not worth failing for. */
  async function report(change: TaskReport): Promise<void> {
    if (closed) return
    signal.throwIfAborted()
    await store.report(lease, change).catch((error: unknown) => {
      attempt.abortIfLost(error)
      signal.throwIfAborted()
      if (!isTaskError(error) || error.code !== 'store_unavailable') throw error
    })
  }

  const partials = createPartialResults((partialResult) => report({ partialResult }), attempt.clock)

  async function runStep(key: string, run: () => unknown): Promise<unknown> {
    await report({ currentStep: key })
    const output = parseOutput(key, definition, await run())
    if (closed) return output
    done.add(key)
    // Even when the attempt was aborted meanwhile: if it is still ours, the next one need not repeat this step.
    await persist(() => store.checkpoint(lease, { step: key, output, progress: shareOf(done, definition) }), {
      signal: giveUp,
      logger,
    }).catch((error: unknown) => {
      attempt.abortIfLost(error)
      throw error
    })
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
    await report({ progress: Math.min(Math.max(percent, 0), MOST_PROGRESS) })
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

  /** Most generators do not wait for these, and nobody else would tell that they are never taken. */
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
    close() {
      closed = true
      partials.close()
    },
  }
}

/** What the schema makes of the output; what is stored of it is what a later attempt reads. */
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

/** How much of the task the finished steps make up, by their weights, in percent. */
function shareOf(done: ReadonlySet<string>, { steps }: TaskDefinition): number {
  const all = Object.keys(steps)
  const share =
    (100 *
      weigh(
        all.filter((key) => done.has(key)),
        steps,
      )) /
    // When no step weighs anything, the end brings all of it.
    (weigh(all, steps) || 1)
  return Math.min(Math.round(share), MOST_PROGRESS)
}

function weigh(keys: readonly string[], steps: TaskDefinition['steps']): number {
  return keys.reduce((sum, key) => sum + (steps[key]?.weight ?? 1), 0)
}
