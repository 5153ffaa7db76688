import { brandTasks, isTerminal, type TaskHints, type TaskJson, type TaskStepStatus } from '@brandkit/core'
import { SCENARIO_TIME } from './scenario-time.js'

/** A scenario's description of a task; all other fields are derived. Times are seconds relative to `SCENARIO_TIME`. */
export interface ScenarioTask {
  title: string
  /** Default `GENERATE_MEDIA_PLAN`. */
  type?: keyof typeof brandTasks | undefined
  /** Default `processing`. */
  status?: TaskJson['status'] | undefined
  /** 0 to 100. */
  progress?: number | undefined
  /** The age of the task. Default 45 s. */
  createdAgo?: number | undefined
  /** The time since its first attempt began. Default for started tasks: 3 s after creation. */
  startedAgo?: number | undefined
  /** The time since the end. Default for ended tasks: 4 s. */
  endedAgo?: number | undefined
  /** The server's estimate of the remaining time. */
  remaining?: number | undefined
  /** The number of tasks ahead in the queue. */
  position?: number | undefined
  /** Any other fields, in their wire form. */
  fields?: Partial<TaskJson> | undefined
}

/**
 * Creates the whole wire form of a task at `SCENARIO_TIME`.
 *
 * @param number makes the task's ids unique, and equal in every run
 */
export function toScenarioTask(task: ScenarioTask, number: number): TaskJson {
  const { title, type = 'GENERATE_MEDIA_PLAN', status = 'processing', progress = 0, createdAgo = 45 } = task
  const hasBegun = status !== 'queued' && status !== 'cancelled'
  const startedAgo = task.startedAgo ?? (hasBegun ? createdAgo - 3 : undefined)
  const endedAgo = isTerminal(status) ? (task.endedAgo ?? 4) : undefined
  const createdAt = toIso(-createdAgo)
  return {
    taskId: `01956000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    userId: 'ada',
    createdBy: 'ada',
    brandId: 'aurora',
    type,
    title,
    status,
    progress: status === 'completed' ? 100 : progress,
    ...toSteps({ type, status, progress }),
    priority: 'normal',
    createdAt,
    queuedAt: createdAt,
    runAt: createdAt,
    updatedAt: toIso(-(endedAgo ?? 1)),
    ...(startedAgo !== undefined && { startedAt: toIso(-startedAgo) }),
    ...(endedAgo !== undefined && { completedAt: toIso(-endedAgo) }),
    ...(endedAgo !== undefined && startedAgo !== undefined && { actualDuration: (startedAgo - endedAgo) * 1_000 }),
    ...(status === 'completed' && { result: {} }),
    retryCount: 0,
    maxRetries: 3,
    version: 10,
    traceId: (0x4bf92f3577b34da6a3ce929d0e0e4736n + BigInt(number)).toString(16),
    ...task.fields,
  } as TaskJson
}

/** The server's hints; empty if the scenario names none. */
export function toScenarioHints({ remaining, position }: ScenarioTask): TaskHints {
  return {
    ...(position !== undefined && { position }),
    ...(remaining !== undefined && { estimatedCompletion: toIso(remaining) }),
  }
}

function toIso(seconds: number): string {
  return new Date(SCENARIO_TIME + seconds * 1_000).toISOString()
}

/** Marks as many steps as done as the progress says. The next step runs, or has failed. */
function toSteps(of: Required<Pick<ScenarioTask, 'type' | 'status' | 'progress'>>): Partial<TaskJson> {
  const { type = 'GENERATE_MEDIA_PLAN', status = 'processing', progress = 0 } = of
  const definitions = Object.entries(brandTasks[type].steps)
  const done = status === 'completed' ? definitions.length : Math.floor((progress / 100) * definitions.length)
  const steps = definitions.map(([key, { title }], index) => ({ key, title, status: statusOf(index - done, status) }))
  const current = status === 'processing' ? steps[done]?.key : undefined
  return { steps, ...(current !== undefined && { currentStep: current }) }
}

function statusOf(stepsAhead: number, status: TaskJson['status']): TaskStepStatus {
  if (stepsAhead < 0) return 'completed'
  if (stepsAhead > 0) return 'pending'
  if (status === 'processing') return 'running'
  return status === 'failed' ? 'failed' : 'pending'
}
