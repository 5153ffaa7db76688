import { createTraceId } from '@brandkit/core'
import type { OwnScope } from '../../principal.js'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'

/** A task with its own owner, so that cases do not see each other's tasks. */
export function newTask(overrides: Partial<NewStoredTask> = {}): NewStoredTask {
  const userId = overrides.userId ?? `user-${crypto.randomUUID()}`
  return {
    taskId: crypto.randomUUID(),
    tenantId: 'acme',
    userId,
    createdBy: userId,
    brandId: 'aurora',
    type: 'GENERATE_MEDIA_PLAN',
    payload: { campaignName: 'Northern lights' },
    title: 'Media plan: Northern lights',
    steps: [
      { key: 'channels', title: 'Choosing channels' },
      { key: 'budget', title: 'Splitting the budget' },
    ],
    priority: 'normal',
    maxRetries: 3,
    traceId: createTraceId(),
    timeoutMs: 600_000,
    timeToLiveMs: 86_400_000,
    ...overrides,
  }
}

export function ownerOf({ tenantId, userId }: NewStoredTask): OwnScope {
  return { reach: 'own', tenantId, userId, brandIds: '*' }
}

/** Creates one task and returns its input for the test. */
export async function createOne(store: TaskStore, overrides: Partial<NewStoredTask> = {}): Promise<NewStoredTask> {
  const task = newTask(overrides)
  await store.create({ tasks: [task] })
  return task
}

export async function findOne(store: TaskStore, task: NewStoredTask) {
  const [found] = await store.find([task.taskId], ownerOf(task))
  if (!found) throw new Error(`Task ${task.taskId} is not there.`)
  return found
}

export const KNOWN_TYPES = ['GENERATE_MEDIA_PLAN'] as const

/** Claims a task that must be claimable. */
export async function claimOne(store: TaskStore, { taskId }: { taskId: string }, leaseMs = 60_000) {
  const claim = await store.claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs })
  if (claim.outcome !== 'claimed') throw new Error(`Task ${taskId} could not be claimed: ${claim.outcome}.`)
  return claim
}

/** A complete pass that deletes nothing by default. */
export const FULL_PASS = {
  minIntervalMs: 0,
  expireLeases: 'yes',
  limit: 100_000,
  retention: { endedMs: 3_600_000, tombstoneMs: 3_600_000 },
} as const

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
