import type { BackgroundTask, TaskPayload, TaskStatus, TaskStep, TaskType } from './index.js'

/** The interface of the user's request, letter for letter. Our type must fit wherever this one is expected. */
interface SeedBackgroundTask {
  taskId: string
  userId: string
  brandId: string
  type: TaskType
  payload: TaskPayload
  status: TaskStatus
  progress: number
  currentStep?: string
  steps?: TaskStep[]
  priority: 'low' | 'normal' | 'high'
  queuedAt: Date
  startedAt?: Date
  completedAt?: Date
  estimatedCompletion?: Date
  actualDuration?: number
  lastError?: string
  retryCount: number
  maxRetries: number
  result?: {
    mediaPlanGroupId?: string
    brandKitId?: string
    personaSetId?: string
    // oxlint-disable-next-line typescript/no-explicit-any -- the seed says any
    [key: string]: any
  }
  createdBy: string
  createdAt: Date
  updatedAt: Date
}

declare const ours: BackgroundTask
export const asSeed: SeedBackgroundTask = ours

declare const plan: BackgroundTask<'GENERATE_MEDIA_PLAN'>
export const planAsSeed: SeedBackgroundTask = plan
export const group: string | undefined = plan.status === 'completed' ? plan.result.mediaPlanGroupId : undefined

// @ts-expect-error a task that is not completed has no result
export const tooEarly: string = plan.result.mediaPlanGroupId
