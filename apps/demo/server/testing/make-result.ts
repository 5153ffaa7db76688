import { brandTasks, type TaskPayload, type TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { type GeneratorRun, runGenerator, type RunGeneratorOptions } from '@brandkit/server-adapter/testing'
import type { FeedItem } from '../feeds/parse-feed.ts'
import { createGenerators } from '../generators/create-generators.ts'
import type { BrandGenerator, BrandTask, GeneratorOptions } from '../generators/generator.ts'
import { EXAMPLE_PAYLOADS } from './example-payloads.ts'

export type BrandRunOptions<T extends BrandTaskType> = Omit<RunGeneratorOptions<BrandTask<T>>, 'definition'>

/** The demo's generator of a type. It does not wait unless it is told to. */
export function generatorOf<T extends BrandTaskType>(type: T, options: GeneratorOptions = {}): BrandGenerator<T> {
  return createGenerators({ paceMs: 0, ...options })[type] as unknown as BrandGenerator<T>
}

/** Runs a generator of the demo to the end of its task; without a payload on the example of its type. */
export function runBrandGenerator<T extends BrandTaskType>(
  type: T,
  { generate = generatorOf(type), ...options }: Partial<BrandRunOptions<T>> & { generate?: BrandGenerator<T> } = {},
): Promise<GeneratorRun<BrandTask<T>>> {
  const run = { definition: brandTasks[type], payload: EXAMPLE_PAYLOADS[type], ...options }
  return runGenerator<BrandTask<T>>(generate, run as unknown as RunGeneratorOptions<BrandTask<T>>)
}

/**
 * The result of the type's example, with changes of its payload.
 *
 * @throws TaskError as the user of the task sees it
 */
export async function makeResult<T extends BrandTaskType>(
  type: T,
  changes: Partial<TaskPayload<T>> = {},
  options: GeneratorOptions = {},
): Promise<TaskResult<T>> {
  const payload = { ...EXAMPLE_PAYLOADS[type], ...changes }
  const run = { payload, generate: generatorOf(type, options) } as unknown as Parameters<typeof runBrandGenerator<T>>[1]
  const { result, error } = await runBrandGenerator(type, run)
  if (error) throw error
  return result as TaskResult<T>
}

/** Options with feeds of exactly these items. */
export function withFeeds(items: readonly FeedItem[] | undefined): GeneratorOptions {
  return items ? { feeds: { isSample: false, read: async () => [...items] } } : {}
}
