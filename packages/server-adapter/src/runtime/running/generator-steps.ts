import { LIMITS, type TaskDefinition, TaskError, type TaskLogger } from '@brandkit/core'
import { describeIssues, toFieldIssues } from '../../field-issues.js'
import type { TaskStore } from '../../store/task-store.js'
import { keepData } from '../keep-data.js'
import { generatorMistake } from '../plain-message.js'
import { readStoredOutputs } from '../stored-data.js'
import type { Telemetry } from '../telemetry.js'
import type { Budgets } from '../creating/budgets.js'
import type { Attempt } from './attempt.js'
import { type GeneratorReports, MOST_PROGRESS } from './generator-reports.js'
import { persist } from './persist.js'
import { createStepRuns } from './step-runs.js'

export interface StepsOptions {
  attempt: Attempt
  reports: GeneratorReports
  store: TaskStore
  /** Asked before each step if they stop running tasks. */
  budgets: Budgets | undefined
  telemetry: Telemetry
  logger: TaskLogger
  /** Aborts at the very end of a shutdown: writes that the store has not accepted are then given up. */
  giveUp: AbortSignal
}

/** The steps of one attempt. */
export interface GeneratorSteps {
  /** Gives the stored output of a step, or runs the step. */
  run(key: string, work: () => unknown): Promise<unknown>
}

export function createGeneratorSteps({
  attempt,
  reports,
  store,
  budgets,
  telemetry,
  logger,
  giveUp,
}: StepsOptions): GeneratorSteps {
  const { task, lease, definition, signal } = attempt
  const outputs = readStoredOutputs(attempt.checkpoints, definition, { task, logger })
  const runs = createStepRuns(outputs)
  const done = new Set(outputs.keys())

  async function storeCheckpoint(step: string, output: unknown, progress: number): Promise<boolean> {
    await persist(() => store.checkpoint(lease, { step, output, progress }), { signal: giveUp, logger })
    return true
  }

  /** @throws TaskError `budget_exhausted`, with which the task fails at once: a retry would wait for the next month */
  async function assertBudget(asked: Budgets): Promise<void> {
    await reports.usageStored()
    const { tenantId, userId, brandId, tier } = task
    const refusal = await asked.refusalOf({ tenantId, userId, brandIds: [brandId], tier })
    if (refusal) throw new TaskError(refusal.code, refusal.message, { retryable: false })
  }

  async function runStep(key: string, work: () => unknown): Promise<unknown> {
    if (budgets?.stopsRunning) await assertBudget(budgets)
    await reports.reportStep(key)
    const output = parseOutput(key, definition, await work())
    if (reports.isClosed) return output
    done.add(key)
    // Stored even after an abort: if this worker still holds the lease, the next attempt need not repeat the step.
    const share = shareOf(done, definition)
    await reports.progress
      .carry((progress = 0) => storeCheckpoint(key, output, Math.max(share, progress)))
      .catch((error: unknown) => {
        attempt.abortIfLost(error)
        throw error
      })
    reports.progress.stored(share)
    signal.throwIfAborted()
    return output
  }

  return {
    async run(key, work) {
      signal.throwIfAborted()
      if (Object.hasOwn(definition.steps, key))
        return runs.get(key, () => telemetry.step(key, () => runStep(key, work)))
      throw generatorMistake(
        `The catalog has no step "${key}" for ${task.type}. Known steps: ${Object.keys(definition.steps).join(', ')}.`,
      )
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
