import type { TaskFilter } from '@brandkit/core'

/** The keys of our entries in the query cache. They cannot collide with an app's own keys. */
export const taskKeys = {
  all: ['brandkit'] as const,
  sync: (userId: string | null) => ['brandkit', userId, 'sync'] as const,
  tasks: (userId: string | null) => ['brandkit', userId, 'task'] as const,
  task: (userId: string | null, taskId: string | null) => ['brandkit', userId, 'task', taskId] as const,
  summary: (userId: string | null, taskId: string | null) => ['brandkit', userId, 'summary', taskId] as const,
  allHints: (userId: string | null) => ['brandkit', userId, 'hints'] as const,
  hints: (userId: string | null, taskId: string) => ['brandkit', userId, 'hints', taskId] as const,
  latest: (userId: string | null, filter: TaskFilter) => ['brandkit', userId, 'latest', filter] as const,
  batch: (userId: string | null, batchId: string | null) => ['brandkit', userId, 'batch', batchId] as const,
  histories: (userId: string | null) => ['brandkit', userId, 'history'] as const,
  history: (userId: string | null, filter: TaskFilter) => ['brandkit', userId, 'history', filter] as const,
  /** All queries whose data names tasks. */
  lists: (userId: string | null) => [
    ['brandkit', userId, 'history'],
    ['brandkit', userId, 'latest'],
    ['brandkit', userId, 'batch'],
  ],
}
