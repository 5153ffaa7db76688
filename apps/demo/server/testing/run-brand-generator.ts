import { brandTasks, type TaskPayload, type TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { type GeneratorRun, runGenerator, type RunGeneratorOptions } from '@brandkit/server-adapter/testing'
import type { BrandGenerator, BrandTask } from '../generators/brand-generator.ts'

export type BrandRunOptions<T extends BrandTaskType> = Omit<RunGeneratorOptions<BrandTask<T>>, 'definition'>

/** Runs a generator of the demo to the end of its task. */
export function runBrandGenerator<T extends BrandTaskType>(
  type: T,
  generate: BrandGenerator<T>,
  options: BrandRunOptions<T>,
): Promise<GeneratorRun<BrandTask<T>>> {
  return runGenerator<BrandTask<T>>(generate, { definition: brandTasks[type], ...options })
}

/**
 * The result that a generator makes of a payload.
 *
 * @throws TaskError as the user of the task sees it
 */
export async function makeResult<T extends BrandTaskType>(
  type: T,
  generate: BrandGenerator<T>,
  payload: TaskPayload<T>,
): Promise<TaskResult<T>> {
  const { result, error } = await runBrandGenerator(type, generate, { payload } as BrandRunOptions<T>)
  if (error) throw error
  return result as TaskResult<T>
}
