import type { BackgroundTask, TaskId, TaskWire } from '@brandkit/core'
import { createTaskService, type TaskService } from './index.js'

declare const service: TaskService
const payload = {
  campaignName: 'Spring sale',
  objective: 'awareness' as const,
  budget: 10_000,
  startDate: '2027-03-01',
  weeks: 4,
  channels: ['search' as const],
  audience: 'Gardeners',
}

export async function createsTyped(): Promise<void> {
  const task = await service.createBackgroundTask({ type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload })
  const plan: BackgroundTask<'GENERATE_MEDIA_PLAN'> = task
  const queuedAt: Date = task.queuedAt
  if (task.status === 'completed') {
    const group: string = task.result.mediaPlanGroupId
    void group
  }
  // @ts-expect-error only completed tasks have a result
  const early: string = task.result.mediaPlanGroupId
  // @ts-expect-error the result of a media plan has no such field
  if (task.status === 'completed') void task.result.brandKitVersion

  // The id carries the type from create to read.
  const id: TaskId<'GENERATE_MEDIA_PLAN'> = task.taskId
  const read: BackgroundTask<'GENERATE_MEDIA_PLAN'> = await service.getStatus(id)
  const byText: BackgroundTask = await service.getStatus('some-id')
  void [plan, queuedAt, early, read, byText]
}

export async function refusesWhatIsWrong(): Promise<void> {
  // @ts-expect-error the catalog has no such type
  await service.createBackgroundTask({ type: 'GENERATE_NONSENSE', brandId: 'aurora', payload })
  // @ts-expect-error a brand is needed
  await service.createBackgroundTask({ type: 'GENERATE_MEDIA_PLAN', payload })
  // @ts-expect-error the payload lacks nearly everything
  await service.createBackgroundTask({ type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload: { campaignName: 'x' } })
  await service.createBackgroundTask({
    type: 'GENERATE_MEDIA_PLAN',
    brandId: 'aurora',
    // @ts-expect-error a budget is a number
    payload: { ...payload, budget: '10000' },
  })
  await service.createBackgroundTask({
    type: 'GENERATE_MEDIA_PLAN',
    brandId: 'aurora',
    // @ts-expect-error the catalog has no such channel
    payload: { ...payload, channels: ['skywriting'] },
  })
  // @ts-expect-error tasks have no such status
  await service.listTasks({ status: 'paused' })
}

// @ts-expect-error the compiler finds misspelt options
export const misspelt = createTaskService({ baseUrl: '/api/jobs' })

/** The method for each verb. A new verb without a method fails to compile here. */
export type ServiceMethods = Methods<{
  create: 'createBackgroundTask'
  createMany: 'createBackgroundTasks'
  getStatus: 'getStatus'
  // Calls in one turn are batched.
  getStatuses: 'getStatus'
  getText: 'getText'
  getBatch: 'getBatch'
  cancel: 'cancelTask'
  cancelMany: 'cancelTasks'
  cancelBatch: 'cancelBatch'
  retry: 'retryTask'
  delete: 'deleteTask'
  actOnMatching: 'actOnMatchingTasks'
  list: 'listTasks'
  getUsage: 'getUsage'
  stats: 'getStats'
  audit: 'getAudit'
  waitFor: 'waitForTask'
}>

type Methods<All extends Record<keyof TaskWire, keyof TaskService>> = All
