import { silentLogger, type TaskPayload } from '@brandkit/core'
import type { Generator } from '@brandkit/server-adapter'
import type { MediaPlanTask } from './generate-media-plan.ts'

type Context = Parameters<Generator<MediaPlanTask>>[0]

/** What a generator gets in tests: steps run, and reported progress is collected. */
export function createTestContext({
  payload,
  attempt = 1,
  signal = new AbortController().signal,
}: {
  payload: TaskPayload<'GENERATE_MEDIA_PLAN'>
  attempt?: number
  signal?: AbortSignal
}): { context: Context; progress: number[] } {
  const progress: number[] = []
  const context: Context = {
    taskId: 'task-1',
    userId: 'ada',
    brandId: 'aurora',
    payload,
    attempt,
    traceId: '0'.repeat(32),
    signal,
    logger: silentLogger,
    step: async (_key, run) => run(),
    progress: async (percent) => {
      progress.push(percent)
    },
    partial: async () => {},
    idempotencyKey: (step) => `task-1:${step}`,
  }
  return { context, progress }
}
