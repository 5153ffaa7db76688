import { brandTasks, LIMITS, silentLogger, type TaskDefinition, type TaskPayload } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import type { BrandContext } from '../generators/brand-generator.ts'

export interface TestContextOptions<T extends BrandTaskType> {
  payload: TaskPayload<T>
  attempt?: number
  signal?: AbortSignal
  /** The checkpoints of an earlier attempt. This attempt adds its own. */
  checkpoints?: Map<string, unknown>
  /** Called for each step that really runs. */
  onStep?: (key: string) => void
}

export interface TestContext<T extends BrandTaskType> {
  context: BrandContext<T>
  /** Steps that really ran. */
  ran: string[]
  progress: number[]
  partials: unknown[]
}

/** The context of a generator in tests. Steps are checkpointed as on the server, and their output must fit the catalog. */
export function createTestContext<T extends BrandTaskType>(
  type: T,
  {
    payload,
    attempt = 1,
    signal = new AbortController().signal,
    checkpoints = new Map(),
    onStep,
  }: TestContextOptions<T>,
): TestContext<T> {
  const { steps }: TaskDefinition = brandTasks[type]
  const ran: string[] = []
  const progress: number[] = []
  const partials: unknown[] = []

  async function step(key: string, run: () => unknown): Promise<unknown> {
    signal.throwIfAborted()
    if (checkpoints.has(key)) return checkpoints.get(key)
    onStep?.(key)
    ran.push(key)
    const output = toJson(await run())
    checkpoints.set(key, steps[key]?.output.parse(output))
    signal.throwIfAborted()
    return checkpoints.get(key)
  }

  const context = {
    taskId: 'task-1',
    userId: 'ada',
    brandId: 'aurora',
    payload,
    attempt,
    traceId: '0'.repeat(32),
    signal,
    logger: silentLogger,
    step,
    async progress(percent: number) {
      progress.push(percent)
    },
    async partial(value: unknown) {
      const json = JSON.stringify(value)
      if (Buffer.byteLength(json) > LIMITS.partialResultBytes) throw new Error('The partial result is too large.')
      partials.push(JSON.parse(json))
    },
    idempotencyKey: (key: string) => `task-1:${key}`,
  }
  return { context: context as unknown as BrandContext<T>, ran, progress, partials }
}

/** The store keeps JSON, so a value that JSON cannot hold must fail in tests, too. */
function toJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
