import type { TaskErrorCode, TaskJson } from '@brandkit/core'
import type { TaskChange } from './task-change.js'

/** How a task of a fake server proceeds. Everything follows from it and the clock; nothing is left to chance. */
export interface FakeScenario {
  /** Milliseconds from when the task is due to its start. Default 800. */
  startAfterMs?: number | undefined
  /** Milliseconds of one attempt, shared among the steps by weight. Default 6,000. */
  durationMs?: number | undefined
  /** What a completed task yields. Default: an example made from the type's schema. */
  result?: unknown
  /** Told one after another, evenly over the attempt. */
  partialResults?: readonly unknown[] | undefined
  /** How far the task comes, in percent; then nothing more happens until somebody cancels it. Absent: to its end. */
  stopsAt?: number | undefined
  /** Absent: the task completes. */
  failure?: FakeFailure | undefined
}

export interface FakeFailure {
  /** Attempts that fail before one succeeds. Default: all. */
  attempts?: number | undefined
  /** Default `generator_failed`. */
  code?: TaskErrorCode | undefined
  /** Default "Something went wrong." */
  message?: string | undefined
  /** `false` fails the task at once, whatever retries are left. Default `true`. */
  retryable?: boolean | undefined
  /** How far the attempt comes, in percent. Default 60. */
  atProgress?: number | undefined
  /** Milliseconds from the failure to when the next attempt is due. Default 2,000. */
  retryAfterMs?: number | undefined
}

/** A step as the scenario needs it. */
export interface FakeStep {
  key: string
  title: string
  weight: number
}

/** Something that happens to a task at a moment, in milliseconds from when it was due. */
export interface FakeMoment {
  afterMs: number
  /** What changes; `at` is the moment in milliseconds since the epoch. */
  change: (task: TaskJson, at: number) => TaskChange
  /** The last of the attempt: it has failed. */
  isFailure?: boolean
}

/** A report of progress each 5 %, as a good generator sends them. */
const TICKS = 20

/** All that happens in one attempt, in order. `attempt` is 1 for the first. */
export function planAttempt(
  scenario: FakeScenario,
  { steps, attempt, result }: { steps: readonly FakeStep[]; attempt: number; result: unknown },
): FakeMoment[] {
  const { startAfterMs = 800, durationMs = 6_000, partialResults = [], stopsAt, failure } = scenario
  const fails = failure !== undefined && attempt <= (failure.attempts ?? Infinity)
  const end = fails ? Math.min(99, failure.atProgress ?? 60) : 100
  const timeOf = (progress: number) => startAfterMs + (durationMs * progress) / 100
  const borders = toBorders(steps)

  const moments: FakeMoment[] = [
    {
      afterMs: startAfterMs,
      change: (task, at) => ({ status: 'processing', startedAt: task.startedAt ?? iso(at), ...enter(task, 0, at) }),
    },
    ...borders.slice(1).map((border, index) => ({
      afterMs: timeOf(border),
      change: (task: TaskJson, at: number) => ({
        progress: Math.max(task.progress, border),
        ...enter(task, index + 1, at),
      }),
    })),
    ...Array.from({ length: TICKS - 1 }, (_, index) => ({
      afterMs: timeOf(((index + 1) * 100) / TICKS),
      change: (task: TaskJson) => ({ progress: Math.max(task.progress, ((index + 1) * 100) / TICKS) }),
    })),
    ...partialResults.map((partialResult, index) => ({
      afterMs: timeOf(((index + 1) * 100) / (partialResults.length + 1)),
      change: () => ({ partialResult }),
    })),
  ]
  const ordered = moments.toSorted((a, b) => a.afterMs - b.afterMs)
  if (stopsAt !== undefined) return ordered.filter(({ afterMs }) => afterMs <= timeOf(stopsAt))
  const before = ordered.filter(({ afterMs }) => afterMs < timeOf(end))
  if (fails) return [...before, { afterMs: timeOf(end), isFailure: true, change: () => ({}) }]
  return [...before, { afterMs: timeOf(end), change: (task, at) => complete(task, at, result) }]
}

/** At which progress each step begins. */
function toBorders(steps: readonly FakeStep[]): number[] {
  const total = steps.reduce((sum, { weight }) => sum + weight, 0)
  let done = 0
  return steps.map(({ weight }) => {
    const border = (done / total) * 100
    done += weight
    return Math.floor(border)
  })
}

/** The step before is done, this one runs. */
function enter(task: TaskJson, index: number, at: number): TaskChange {
  const steps = task.steps?.map((step, position) => {
    if (position < index && step.status !== 'completed')
      return { ...step, status: 'completed' as const, completedAt: iso(at) }
    return position === index && step.status !== 'completed'
      ? { ...step, status: 'running' as const, startedAt: iso(at) }
      : step
  })
  const current = steps?.[index]
  return { ...(steps && { steps }), ...(current && { currentStep: current.key }) }
}

function complete(task: TaskJson, at: number, result: unknown): TaskChange {
  const steps = task.steps?.map((step) =>
    step.status === 'completed' ? step : { ...step, status: 'completed' as const, completedAt: iso(at) },
  )
  return {
    status: 'completed',
    progress: 100,
    completedAt: iso(at),
    result,
    ...(steps && { steps }),
  }
}

const iso = (at: number): string => new Date(at).toISOString()
