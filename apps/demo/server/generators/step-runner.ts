import { setTimeout as pause } from 'node:timers/promises'
import { brandTasks, FatalTaskError, LIMITS, type StepDefinition, type TaskDefinition } from '@brandkit/core'
import type { BrandTaskType, ModelUsage } from '@brandkit/core/brand-tasks'
import type * as z from 'zod'
import type { BrandContext, BrandStepKey, BrandStepOutput, GeneratorOptions } from './brand-generator.ts'

/** How long a step of weight 1 takes by default, in milliseconds. */
export const DEFAULT_PACE_MS = 1_000

interface StepPlan<Output> {
  /** The method: from the payload and earlier steps alone. */
  compute: () => Output | Promise<Output>
  /** With a model: it rewrites what was computed. Without this part the step is always computed. */
  write?: {
    /** What to do with the draft, in a few sentences. */
    task: string
    /** Takes from the writing what may change, and from the draft what must stay as it was computed. */
    keep: (draft: Output, written: Output) => Output
  }
  /** The part of the result that people may look at already: after the step, and of a list after each item. */
  show?: (soFar: Output) => Record<string, unknown>
}

interface StepRunner<T extends BrandTaskType> {
  /** Runs one step of the catalog, or gets its checkpoint back. */
  run: <K extends BrandStepKey<T>>(key: K, plan: StepPlan<BrandStepOutput<T, K>>) => Promise<BrandStepOutput<T, K>>
  /** `{ usage }` for the result where there is a model: what this attempt asked it for. `{}` without one, which the page calls a draft. */
  usage: UsageCount['toResult']
}

/**
 * Runs the steps of a brand task: computed at a pace that people can follow, or written by a model over the computed
 * draft, with progress by the share of the items that are there.
 *
 * @throws FatalTaskError when the payload asks for a language that nobody here writes
 */
export function createStepRunner<T extends BrandTaskType>(
  type: T,
  context: BrandContext<T>,
  { paceMs = DEFAULT_PACE_MS, model }: GeneratorOptions,
): StepRunner<T> {
  const { steps }: TaskDefinition = brandTasks[type]
  const language = languageOf(context.payload)
  if (!model && !/^en(-|$)/.test(language)) {
    throw new FatalTaskError(
      `This server writes "${language}" only with a language model. Choose the language "en", or set LLM_BASE_URL, LLM_API_KEY and LLM_MODEL.`,
    )
  }

  const keys = Object.keys(steps)
  const weightOf = (key: string) => steps[key]?.weight ?? 1
  const total = keys.reduce((sum, key) => sum + weightOf(key), 0)
  const percentBefore = (key: string) =>
    (100 * keys.slice(0, keys.indexOf(key)).reduce((sum, other) => sum + weightOf(other), 0)) / total
  let shown: Record<string, unknown> = {}
  const used = createUsageCount(model?.name)

  async function runPlan<Output>(key: string, { compute, write, show }: StepPlan<Output>): Promise<Output> {
    const onShare = (share: number) =>
      context.progress(Math.floor(percentBefore(key) + (share * 100 * weightOf(key)) / total))
    const reveal = async (soFar: unknown) => {
      if (!show) return
      const next = { ...shown, ...show(soFar as Output) }
      // A partial result that has grown too large keeps its last view; the result has all of it.
      if (Buffer.byteLength(JSON.stringify(next)) > LIMITS.partialResultBytes) return
      shown = next
      await context.partial(shown)
    }
    const onItems = show && isList(steps[key]) ? reveal : undefined
    const { signal } = context
    if (!model || !write) {
      const output = await compute()
      await unfold(output, { durationMs: paceMs * weightOf(key), signal, onShare, onItems })
      await reveal(output)
      return output
    }
    const draft = await compute()
    const schema = steps[key]?.output as z.ZodType<Output>
    let written = 0
    const { output, ...tokens } = await model.write({
      schema,
      task: write.task,
      material: { payload: context.payload, draft },
      language,
      signal,
      attempt: context.attempt,
      logger: context.logger,
      async onPartial(partial) {
        if (!Array.isArray(partial) || !Array.isArray(draft)) return
        // The last one is still being written.
        const { data: complete } = schema.safeParse(partial.slice(0, -1))
        if (!Array.isArray(complete) || complete.length <= written) return
        written = complete.length
        await onShare(Math.min(1, written / draft.length))
        // Nobody sees what would not be kept.
        const kept: unknown = write.keep(draft, complete)
        if (Array.isArray(kept)) await onItems?.(kept.slice(0, written))
      },
    })
    used.add(tokens)
    const kept = write.keep(draft, output)
    await reveal(kept)
    return kept
  }

  return {
    run: async (key, plan) => {
      const run = () => runPlan(key, plan)
      return await context.step(key, run)
    },
    usage: used.toResult,
  }
}

interface Pace {
  /** How long the whole takes, in milliseconds. 0 does not wait. */
  durationMs: number
  /** Rejects with the signal's reason as soon as it fires. */
  signal: AbortSignal
  /** Told the share that is done, in (0, 1], at most four times. */
  onShare: (share: number) => Promise<void>
  /** Told after each item what there is so far. */
  onItems?: ((items: readonly unknown[]) => Promise<void>) | undefined
}

const REPORTS = 4

/** Lets people watch work that a processor does in no time: a list item by item, anything else at once. */
async function unfold(output: unknown, { durationMs, signal, onShare, onItems }: Pace): Promise<void> {
  const items: readonly unknown[] = Array.isArray(output) ? output : [output]
  let reported = 0
  for (let done = 1; done <= items.length; done += 1) {
    signal.throwIfAborted()
    if (durationMs > 0) await pause(durationMs / items.length, undefined, { signal })
    await onItems?.(items.slice(0, done))

    const quarter = Math.floor((done / items.length) * REPORTS)
    if (quarter === reported) continue
    reported = quarter
    await onShare(done / items.length)
  }
}

function isList(step: StepDefinition | undefined): boolean {
  return step?.output.def.type === 'array'
}

function languageOf(payload: object): string {
  return 'language' in payload && typeof payload.language === 'string' ? payload.language : 'en'
}

interface Tokens {
  inputTokens: number
  outputTokens: number
}

interface UsageCount {
  add: (tokens: Tokens) => void
  /** To be spread into a result. */
  toResult: () => { usage?: ModelUsage }
}

/** Adds up what the model's answers of one attempt cost. */
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
