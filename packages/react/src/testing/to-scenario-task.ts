import { brandTasks, isTerminal, type TaskHints, type TaskJson, type TaskStepStatus } from '@brandkit/core'
import { SCENARIO_TIME } from './scenario-time.js'

/** What a scenario says of a task; everything else follows from it. Times are seconds around `SCENARIO_TIME`. */
export interface ScenarioTask {
  title: string
  /** Default `GENERATE_MEDIA_PLAN`. */
  type?: keyof typeof brandTasks | undefined
  /** Default `processing`. */
  status?: TaskJson['status'] | undefined
  /** 0 to 100. */
  progress?: number | undefined
  /** How long ago it was asked for. Default 45 s. */
  createdAgo?: number | undefined
  /** How long ago its first attempt began. Default for what has begun: 3 s after it was asked for. */
  startedAgo?: number | undefined
  /** How long ago it ended. Default for what has ended: 4 s. */
  endedAgo?: number | undefined
  /** The server's guess of what remains. */
  remaining?: number | undefined
  /** How many tasks are ahead of it. */
  position?: number | undefined
  /** Anything else, as it comes over the wire. */
  fields?: Partial<TaskJson> | undefined
}

/**
 * A whole task on the wire, at `SCENARIO_TIME`.
 *
 * @param number tells its ids from those of other tasks; the same in every run
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

/** What the server guesses of it; nothing, where the scenario says nothing. */
export function toScenarioHints({ remaining, position }: ScenarioTask): TaskHints {
  return {
    ...(position !== undefined && { position }),
    ...(remaining !== undefined && { estimatedCompletion: toIso(remaining) }),
  }
}

function toIso(seconds: number): string {
  return new Date(SCENARIO_TIME + seconds * 1_000).toISOString()
}

/** As many steps done as the progress says; the next one runs, or is where it failed. */
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
