import type { TaskErrorCode, TaskJson } from '@brandkit/core'

const endedAt = () => new Date().toISOString()

/** The fields of a task that has ended, for each end. */
export const ends = {
  completed: (): Partial<TaskJson> =>
    ({
      status: 'completed',
      progress: 100,
      completedAt: endedAt(),
      actualDuration: 12_000,
      result: {},
    }) as Partial<TaskJson>,
  failed: (lastError = 'The model refused.', errorCode: TaskErrorCode = 'generator_failed'): Partial<TaskJson> => ({
    status: 'failed',
    completedAt: endedAt(),
    lastError,
    errorCode,
  }),
  cancelled: (): Partial<TaskJson> => ({ status: 'cancelled', completedAt: endedAt() }),
}
