import { isTerminal, type TaskJson } from '@brandkit/core'
import type { FakeClock } from './fake-clock.js'
import { type FakeScenario, planAttempt } from './fake-scenario.js'
import { type FakeTask, toChanged } from './fake-task.js'
import type { TaskChange } from './task-change.js'

export interface FakeTaskStore {
  add(json: TaskJson, options: { tenantId: string; scenario: FakeScenario | null }): FakeTask
  get(taskId: string): FakeTask | undefined
  /** Oldest first. */
  all(): FakeTask[]
  /** Writes a change with a new version; what was to come is given up when the task ends by it. */
  change(task: FakeTask, fields: TaskChange): void
  /** Lets happen what is due by the clock. */
  catchUp(): void
  /** Calls back with the tasks of every change, at its time. Returns the function that stops it. */
  watch(listener: (changed: readonly FakeTask[]) => void): () => void
}

interface StoreOptions {
  clock: FakeClock
  stepsOf: (type: string) => readonly { key: string; title: string; weight: number }[]
  resultOf: (type: string) => unknown
}

/** Tasks in memory, whose work is a plan that the clock unfolds. */
export function createFakeTaskStore({ clock, stepsOf, resultOf }: StoreOptions): FakeTaskStore {
  const tasks = new Map<string, FakeTask>()
  const listeners = new Set<(changed: readonly FakeTask[]) => void>()
  let stopAlarm: (() => void) | undefined
  let order = 0

  function plan(task: FakeTask, from: number): void {
    const { json, scenario, attempt } = task
    if (!scenario) return
    const result = 'result' in scenario ? scenario.result : resultOf(json.type)
    const moments = planAttempt(scenario, { steps: stepsOf(json.type), attempt, result })
    task.coming = moments.map(({ afterMs, change, isFailure = false }) => ({ at: from + afterMs, change, isFailure }))
  }

  function failAttempt(task: FakeTask, at: number): void {
    const { json, attempt, scenario } = task
    const { code = 'generator_failed', message = 'Something went wrong.', ...failure } = scenario?.failure ?? {}
    const error = { errorCode: code, lastError: message }
    if (failure.retryable === false || attempt > json.maxRetries) {
      const steps = json.steps?.map((step) =>
        step.status === 'running' ? { ...step, status: 'failed' as const } : step,
      )
      const end = { status: 'failed', completedAt: new Date(at).toISOString(), ...(steps && { steps }), ...error }
      task.json = toChanged(json, end, at)
      return
    }
    const due = at + (failure.retryAfterMs ?? 2_000)
    task.attempt += 1
    const again = { status: 'queued', retryCount: task.attempt - 1, runAt: new Date(due).toISOString(), ...error }
    task.json = toChanged(json, again, at)
    plan(task, due)
  }

  /** Everything of one task that is due. */
  function unfold(task: FakeTask, now: number): boolean {
    let isChanged = false
    for (;;) {
      const [next] = task.coming
      if (!next || next.at > now) return isChanged
      task.coming.shift()
      isChanged = true
      if (next.isFailure) failAttempt(task, next.at)
      else task.json = toChanged(task.json, next.change(task.json, next.at), next.at)
    }
  }

  function tell(changed: readonly FakeTask[]): void {
    if (changed.length > 0) for (const listener of listeners) listener(changed)
    arm()
  }

  function catchUp(): void {
    const now = clock.now()
    tell([...tasks.values()].filter((task) => unfold(task, now)))
  }

  /** Only while somebody watches: else it is early enough at the next request. */
  function arm(): void {
    stopAlarm?.()
    stopAlarm = undefined
    if (listeners.size === 0) return
    const next = [...tasks.values()].reduce((least, { coming }) => Math.min(least, coming[0]?.at ?? Infinity), Infinity)
    if (next < Infinity) stopAlarm = clock.after(Math.max(0, next - clock.now()), catchUp)
  }

  return {
    add(json, { tenantId, scenario }) {
      const task: FakeTask = { json, tenantId, scenario, order: order++, attempt: 1, coming: [], isPurged: false }
      tasks.set(json.taskId, task)
      if (!isTerminal(json.status)) plan(task, Math.max(clock.now(), Date.parse(json.runAt)))
      tell([task])
      return task
    },
    get: (taskId) => tasks.get(taskId),
    all: () => [...tasks.values()],
    change(task, fields) {
      task.json = toChanged(task.json, fields, clock.now())
      if (isTerminal(task.json.status)) task.coming = []
      tell([task])
    },
    catchUp,
    watch(listener) {
      listeners.add(listener)
      arm()
      return () => {
        listeners.delete(listener)
        arm()
      }
    },
  }
}
