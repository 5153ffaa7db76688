import { setTimeout as pause } from 'node:timers/promises'
import { brandTasks, LIMITS, type StepDefinition, type TaskDefinition } from '@brandkit/core'
import { type BrandTaskType, type ModelUsage, RESULT_CAVEATS, type ResultCaveat } from '@brandkit/core/brand-tasks'
import type * as z from 'zod'
import { MODEL_PROVIDER } from '../model/language-model.ts'
import type {
  BrandContext,
  BrandItemStepKey,
  BrandStepOutput,
  BrandWholeStepKey,
  GeneratorOptions,
} from './generator.ts'
import { createTelling, unfold } from './unfold.ts'

/** The duration of a computed step of weight 1, in milliseconds. */
export const DEFAULT_PACE_MS = 1_000

/** How many items a model writes at a time. */
const WRITERS = 4

interface StepPlan<Output> {
  /** Computes the step from the payload and earlier steps alone. */
  compute: () => Output | Promise<Output>
  /** Lets a model rewrite the computed draft. Without `write` the step is always computed. */
  write?: {
    /** Instructions for the draft, in a few sentences. */
    task: string
    /** Takes the fields that may change from the model's text, and the fields that must stay from the draft. */
    keep: (draft: Output, written: Output) => Output
  }
  /** The part of the result to show early: after the step, and for a list after each item. */
  show?: (soFar: Output) => Record<string, unknown>
  /** The prose of an item of a list, which streams while the item is written. A model may not have written all fields yet. */
  say?: (item: Partial<ItemOf<Output>>) => string
}

interface ItemsPlan<Output> {
  /** The items as they are computed, in their order. */
  drafts: readonly Output[]
  keyOf: (draft: Output) => string
  /** Lets a model rewrite each item, in a call of its own. */
  write: { task: string; keep: (draft: Output, written: Output) => Output }
  /** The part of the result to show early, after each item. */
  show?: (soFar: Output[]) => Record<string, unknown>
  /** The prose of an item, which is told when the item is finished. */
  say?: (item: Output) => string
}

type ItemOf<Output> = Output extends readonly (infer Item)[] ? Item : never

interface StepRunner<T extends BrandTaskType> {
  /** Runs one step of the catalog, or returns its checkpoint. */
  run: <K extends BrandWholeStepKey<T>>(key: K, plan: StepPlan<BrandStepOutput<T, K>>) => Promise<BrandStepOutput<T, K>>
  /** Runs the items of one step that have no checkpoint, and returns all. */
  runItems: <K extends BrandItemStepKey<T>>(
    key: K,
    plan: ItemsPlan<BrandStepOutput<T, K>>,
  ) => Promise<BrandStepOutput<T, K>[]>
  /**
   * The result's fields about its making: the model calls of this attempt, and what a reader must know. Without a model
   * its texts are drafts, in English.
   */
  provenance: (found?: Partial<Record<ResultCaveat, boolean>>) => { usage?: ModelUsage; caveats: ResultCaveat[] }
}

/**
 * Runs the steps of a brand task. A step is computed at a pace that people can follow, or a model rewrites the computed
 * draft; progress rises with the share of finished items.
 *
 * @param known what a reader must know of the result from its first part on
 */
export function createStepRunner<T extends BrandTaskType>(
  type: T,
  context: BrandContext<T>,
  { paceMs = DEFAULT_PACE_MS, model }: GeneratorOptions,
  known: Partial<Record<ResultCaveat, boolean>> = {},
): StepRunner<T> {
  const { steps }: TaskDefinition = brandTasks[type]
  const { payload }: { payload: object } = context
  const language = 'language' in payload ? String(payload.language) : 'en'
  const keys = Object.keys(steps)
  const weightOf = (key: string) => steps[key]?.weight ?? 1
  const total = keys.reduce((sum, key) => sum + weightOf(key), 0)
  const percentBefore = (key: string) =>
    (100 * keys.slice(0, keys.indexOf(key)).reduce((sum, other) => sum + weightOf(other), 0)) / total
  const caveatsOf = (found: Partial<Record<ResultCaveat, boolean>> = {}) => {
    const all = { draft: !model, english: !model && !/^en(-|$)/.test(language), ...known, ...found }
    return RESULT_CAVEATS.filter((caveat) => all[caveat])
  }
  let shown: Record<string, unknown> = { caveats: caveatsOf() }
  const used = createUsageCount(model?.name)

  const tellShare = (key: string, share: number) =>
    context.progress(Math.floor(percentBefore(key) + (share * 100 * weightOf(key)) / total))

  async function revealPart(part: Record<string, unknown> | undefined): Promise<void> {
    if (!part) return
    const next = { ...shown, ...part }
    // A partial result that grew too large keeps its last view; the final result has everything.
    if (Buffer.byteLength(JSON.stringify(next)) > LIMITS.partialResultBytes) return
    shown = next
    await context.partial(shown)
  }

  async function runPlan<Output>(key: string, { compute, write, show, say }: StepPlan<Output>): Promise<Output> {
    const onShare = (share: number) => tellShare(key, share)
    const reveal = (soFar: unknown) => revealPart(show?.(soFar as Output))
    const onItems = show && isList(steps[key]) ? reveal : undefined
    const telling = say && createTelling(context, say)
    const { signal } = context
    if (!model || !write) {
      const output = await compute()
      await unfold(output, { durationMs: paceMs * weightOf(key), signal, onShare, onItems, telling })
      await reveal(output)
      return output
    }
    const draft = await compute()
    const schema = steps[key]?.output as z.ZodType<Output>
    let written = 0
    await context.provider(MODEL_PROVIDER)
    const { output, ...tokens } = await model.write({
      schema,
      task: write.task,
      material: { payload: context.payload, draft },
      language,
      signal,
      attempt: context.attempt,
      logger: context.logger,
      usage: context.usage,
      async onPartial(partial) {
        if (!Array.isArray(partial) || !Array.isArray(draft)) return
        await telling?.tell(partial)
        // The model is still writing the last item.
        const { data: complete } = schema.safeParse(partial.slice(0, -1))
        if (!Array.isArray(complete) || complete.length <= written) return
        written = complete.length
        await onShare(Math.min(1, written / draft.length))
        // Shows only items that will be kept.
        const kept: unknown = write.keep(draft, complete)
        if (Array.isArray(kept)) await onItems?.(kept.slice(0, written))
      },
    })
    used.add(tokens)
    const kept = write.keep(draft, output)
    if (Array.isArray(output)) await telling?.tell(output)
    await reveal(kept)
    return kept
  }

  async function makeItem<Output>(key: string, draft: Output, { write, drafts }: ItemsPlan<Output>): Promise<Output> {
    const { signal, attempt, logger, usage } = context
    if (!model) {
      const durationMs = (paceMs * weightOf(key)) / drafts.length
      if (durationMs > 0) await pause(durationMs, undefined, { signal })
      signal.throwIfAborted()
      return draft
    }
    const schema = steps[key]?.output as z.ZodType<Output>
    const material = { payload, draft }
    await context.provider(MODEL_PROVIDER)
    const { output, ...tokens } = await model.write({
      schema,
      task: write.task,
      material,
      language,
      signal,
      attempt,
      logger,
      usage,
    })
    used.add(tokens)
    return write.keep(draft, output)
  }

  return {
    run: async (key, plan) => {
      const run = () => runPlan(key, plan)
      return await context.step(key as never, run as never)
    },
    async runItems<K extends BrandItemStepKey<T>>(key: K, plan: ItemsPlan<BrandStepOutput<T, K>>) {
      type Output = BrandStepOutput<T, K>
      const { drafts, keyOf, show, say } = plan
      const made = new Map<string, Output>()
      const make = async (draft: Output) => {
        const output = await makeItem(key, draft, plan)
        made.set(keyOf(draft), output)
        await revealPart(show?.(drafts.flatMap((other) => made.get(keyOf(other)) ?? [])))
        await tellShare(key, made.size / drafts.length)
        if (say) await context.partial.append(`${say(output)}\n\n`)
        return output
      }
      const options = { key: keyOf, concurrency: model ? WRITERS : 1 }
      const outputs = (await context.step.map(key, drafts, options, make)) as Output[]
      await revealPart(show?.(outputs))
      return outputs
    },
    provenance: (found) => ({ ...used.toResult(), caveats: caveatsOf(found) }),
  }
}

function isList(step: StepDefinition | undefined): boolean {
  return step?.output.def.type === 'array'
}

interface UsageCount {
  add: (tokens: { inputTokens: number; outputTokens: number }) => void
  /** The fields to spread into a result. */
  toResult: () => { usage?: ModelUsage }
}

/** Adds up the token counts of the model's answers in one attempt. */
function createUsageCount(model: string | undefined): UsageCount {
  const sum = { calls: 0, inputTokens: 0, outputTokens: 0 }
  return {
    add({ inputTokens, outputTokens }) {
      sum.calls += 1
      sum.inputTokens += inputTokens
      sum.outputTokens += outputTokens
    },
    toResult: () => (model === undefined ? {} : { usage: { model, ...sum } }),
  }
}

/** Makes a value at the first call and keeps it: an attempt whose steps are all finished does not make it. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return async () => await (made ??= make())
}
