import type { TaskDefinition, TaskJson } from '@brandkit/core'

interface SeedOptions {
  /** Milliseconds since the epoch. */
  now: number
  taskId: string
  definition: TaskDefinition | undefined
}

/** A whole task from the few fields that a test cares about. */
export function toSeed(fields: Partial<TaskJson>, { now, taskId, definition }: SeedOptions): TaskJson {
  const at = new Date(now).toISOString()
  const steps = Object.entries(definition?.steps ?? {})
  return {
    taskId,
    userId: 'ada',
    createdBy: 'ada',
    brandId: 'aurora',
    type: 'GENERATE_MEDIA_PLAN',
    status: 'queued',
    progress: 0,
    steps: steps.map(([key, { title }]) => ({ key, title, status: 'pending' })),
    priority: 'normal',
    queuedAt: at,
    createdAt: at,
    updatedAt: at,
    runAt: at,
    retryCount: 0,
    maxRetries: 3,
    version: 1,
    title: `Task ${Number.parseInt(taskId.slice(-12), 16)}`,
    traceId: taskId.replaceAll('-', ''),
    ...fields,
  } as TaskJson
}
