import { TaskError, type TaskLogger } from '@brandkit/core'
import { fromCheckpointKey, toCheckpointKey } from '../../store/checkpoint-key.js'
import type { TaskStore } from '../../store/task-store.js'
import { generatorMistake } from '../plain-message.js'
import { shareOf } from '../step-share.js'
import { readStoredOutputs } from '../stored-data.js'
import type { ProviderWaits } from '../providers/provider-waits.js'
import type { Telemetry } from '../telemetry.js'
import type { Budgets } from '../spending/budgets.js'
import type { Attempt } from './attempt.js'
import type { GeneratorReports } from './generator-reports.js'
import { ItemCount } from './item-count.js'
import { assertItemCount, assertMapInput, assertItemKey, keysOfItems, mapItems } from './map-items.js'
import { parseOutput } from './parse-output.js'
import { persist } from './persist.js'
import type { MapOptions } from './step-function.js'
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
  /** Undefined for a server without provider budgets. */
  waits?: ProviderWaits | undefined
}

/** The steps of one attempt. */
export interface GeneratorSteps {
  /** Gives the stored output of a step, or runs the step. */
  run(key: string, work: () => unknown): Promise<unknown>
  /** Gives the stored output of an item, or runs the item. */
  runItem(key: string, item: string, work: () => unknown): Promise<unknown>
  /** Gives the outputs of all items. Runs those that are not stored. */
  map<Item>(
    key: string,
    items: readonly Item[],
    options: MapOptions<Item>,
    work: (item: Item) => unknown,
  ): Promise<unknown[]>
}

export function createGeneratorSteps({
  attempt,
  reports,
  store,
  budgets,
  telemetry,
  logger,
  giveUp,
  waits,
}: StepsOptions): GeneratorSteps {
  const { task, lease, definition, signal } = attempt
  const outputs = readStoredOutputs(attempt.checkpoints, definition, { task, logger })
  const runs = createStepRuns(outputs)
  const done = new Set<string>()
  const counts = new Map<string, ItemCount>()
  /** The step with items that the task shows. Its items need no report of their own. */
  let shown: string | undefined
  for (const name of outputs.keys()) {
    const { step, item } = fromCheckpointKey(name)
    if (item === undefined) done.add(step)
    else countOf(step).store(item)
  }

  function countOf(step: string): ItemCount {
    const count = counts.get(step) ?? new ItemCount()
    counts.set(step, count)
    return count
  }

  /** @throws TaskError `budget_exhausted`, with which the task fails at once: a retry would wait for the next month */
  async function assertBudget(asked: Budgets): Promise<void> {
    await reports.usageStored()
    const { tenantId, userId, brandId, tier } = task
    const refusal = await asked.refusalOf({ tenantId, userIds: [userId], brandIds: [brandId], tier })
    if (refusal) throw new TaskError(refusal.code, refusal.message, { retryable: false })
  }

  /** Stores an output even after an abort: if this worker still holds the lease, the next attempt need not repeat the work. */
  async function keep(step: string, item: string | undefined, output: unknown): Promise<void> {
    const share = shareOf(definition, (key) => (done.has(key) ? 1 : (counts.get(key)?.share ?? 0)))
    await reports.progress
      .carry(async (progress = 0) => {
        const text = reports.text?.unkept
        // Counted anew for each try: another item may have been stored meanwhile.
        const write = () =>
          store.checkpoint(lease, {
            step,
            item,
            items: counts.get(step)?.toItems(),
            output,
            progress: Math.max(share, progress),
            text,
          })
        await persist(write, { signal: giveUp, logger })
        if (text) reports.text?.noteKept(text)
        return true
      })
      .catch((error: unknown) => {
        attempt.abortIfLost(error)
        throw error
      })
    reports.progress.stored(share)
    signal.throwIfAborted()
  }

  async function runStep(step: string, work: () => unknown): Promise<unknown> {
    shown = undefined
    if (budgets?.stopsRunning) await assertBudget(budgets)
    await reports.reportStep(step)
    const output = parseOutput(definition, await work(), { step })
    if (reports.isClosed) return output
    done.add(step)
    await keep(step, undefined, output)
    return output
  }

  async function runItem(step: string, item: string, work: () => unknown): Promise<unknown> {
    if (budgets?.stopsRunning) await assertBudget(budgets)
    await show(step)
    const output = parseOutput(definition, await work(), { step, item })
    if (reports.isClosed) return output
    const count = countOf(step)
    count.store(item)
    try {
      await keep(step, item, output)
    } catch (error) {
      count.drop(item)
      throw error
    }
    return output
  }

  async function show(step: string): Promise<void> {
    if (shown === step) return
    shown = step
    await reports.reportStep(step, countOf(step).toItems())
  }

  /** Whether the store already knows that all items of this attempt's list are done. */
  function isFinished(step: string): boolean {
    const known = task.steps.find(({ key }) => key === step)
    return known?.status === 'completed' && known.items?.total === countOf(step).toItems().total
  }

  function assertStep(key: string, kind: 'whole' | 'items'): void {
    if (!Object.hasOwn(definition.steps, key))
      throw generatorMistake(
        `The catalog has no step "${key}" for ${task.type}. Known steps: ${Object.keys(definition.steps).join(', ')}.`,
      )
    const hasItems = definition.steps[key]?.items === true
    if (hasItems && kind === 'whole')
      throw generatorMistake(
        `Step "${key}" has items in the catalog. Call step.map("${key}", …), or step("${key}", item, run) for each item.`,
      )
    if (!hasItems && kind === 'items')
      throw generatorMistake(
        `Step "${key}" has no items in the catalog. Add \`items: true\` to it, or call step("${key}", run).`,
      )
  }

  function watched(run: () => Promise<unknown>): Promise<unknown> {
    return waits ? waits.works.run(run) : run()
  }

  async function getItem(step: string, item: string, work: () => unknown): Promise<unknown> {
    signal.throwIfAborted()
    return runs.get(toCheckpointKey(step, item), () =>
      telemetry.step(step, () => watched(() => runItem(step, item, work))),
    )
  }

  return {
    async run(key, work) {
      signal.throwIfAborted()
      assertStep(key, 'whole')
      return runs.get(key, () => telemetry.step(key, () => watched(() => runStep(key, work))))
    },
    async runItem(key, item, work) {
      assertStep(key, 'items')
      assertItemKey(key, item)
      const count = countOf(key)
      count.add(item)
      assertItemCount(key, count.size)
      return getItem(key, item, work)
    },
    async map(key, items, options, work) {
      signal.throwIfAborted()
      assertStep(key, 'items')
      assertMapInput(key, items, options, work)
      const keys = keysOfItems(key, items, options)
      const count = countOf(key)
      count.list(keys)
      assertItemCount(key, count.size)
      const isNew = keys.some((item) => !count.has(item))
      if (isNew) {
        shown = undefined
        await show(key)
      }
      const all = await mapItems(key, items, options, (item, index) =>
        getItem(key, keys[index] ?? '', () => work(item)),
      )
      // No item tells the end of an empty list, or of one that is shorter than that of an earlier attempt.
      if (!isNew && !isFinished(key)) await keep(key, undefined, null)
      return all
    },
  }
}
