import type { TaskErrorCode } from '@brandkit/core'
import type { AbortReason } from '../../src/runtime/running/attempt.js'
import type { Ending, Script, StepKey, TaskPlan } from './runtime-plan.js'

/** The record that a generator made of one of its runs. */
export interface Run {
  /** The number in its context. */
  attempt: number
  script: Script
  /** Steps whose bodies began. */
  begun: StepKey[]
  /** Steps whose bodies returned a valid output. */
  finished: StepKey[]
  /** The reason of its signal when the run ended; `null`: not aborted. */
  aborted: AbortReason | null
}

/** The state that a task must have after its runs, unless a cancel came first. */
export interface Standing {
  status: 'queued' | 'completed' | 'failed'
  attempt: number
  progress: number
  errorCode?: TaskErrorCode
  /** Broken promises: an attempt too many, a step that ran again, … */
  complaints: string[]
}

type Failure = { status: 'retry' | 'failed'; errorCode: TaskErrorCode }
type End = { status: 'completed' } | Failure

const THROWN: Failure = { status: 'retry', errorCode: 'generator_failed' }
const MISFIT: Failure = { status: 'failed', errorCode: 'result_invalid' }
const NO_JSON: Failure = { status: 'failed', errorCode: 'result_unserializable' }
const ENDS: Record<Ending, End> = {
  result: { status: 'completed' },
  error: THROWN,
  retryable: THROWN,
  fatal: { status: 'failed', errorCode: 'generator_refused' },
  misfit: MISFIT,
  bigint: NO_JSON,
  cycle: NO_JSON,
  nul: NO_JSON,
  'half a pair': NO_JSON,
  nothing: NO_JSON,
}

/** The most that a running task shows; each finished step shows its share by weight. */
const MOST = 99
const WEIGHTS: Record<StepKey, number> = { draft: 25, print: 75 }

/** Follows a task through its runs by the promises alone, without knowing how the runtime keeps them. */
export function standingAfter({ maxRetries }: Pick<TaskPlan, 'maxRetries'>, runs: readonly Run[]): Standing {
  const standing: Standing = { status: 'queued', attempt: 0, progress: 0, complaints: [] }
  const stored = new Set<StepKey>()

  const again = (errorCode: TaskErrorCode) => {
    if (standing.attempt > maxRetries) Object.assign(standing, { status: 'failed', errorCode })
  }
  for (const [index, run] of runs.entries()) {
    const complain = (what: string) => standing.complaints.push(`run ${index}: ${what}`)
    if (standing.status !== 'queued') complain(`began although the task had ${standing.status}`)
    standing.attempt += 1
    if (run.attempt !== standing.attempt) complain(`was attempt ${run.attempt} instead of ${standing.attempt}`)
    if (new Set(run.finished).size < run.finished.length) complain(`finished a step twice: ${run.finished.join()}`)
    const repeated = run.begun.filter((key) => stored.has(key))
    if (repeated.length > 0) complain(`repeated ${repeated.join()}`)

    if (run.aborted === 'shutdown') {
      for (const key of run.finished) stored.add(key)
      // A release gives the attempt back only if it moved the work forward.
      if (run.finished.length > 0) standing.attempt -= 1
      else again('worker_lost')
      continue
    }
    if (run.aborted) {
      if (index < runs.length - 1) complain(`was ${run.aborted} and not the last`)
      continue
    }

    const foreseen = foresee(run.script, stored)
    standing.progress = Math.max(standing.progress, foreseen.progress)
    if (run.begun.join() !== foreseen.begun.join())
      complain(`began ${run.begun.join()} instead of ${foreseen.begun.join()}`)
    if (run.finished.join() !== foreseen.finished.join())
      complain(`finished ${run.finished.join()} instead of ${foreseen.finished.join()}`)
    const { end } = foreseen
    if (end.status === 'completed') Object.assign(standing, { status: 'completed', progress: 100 })
    else if (end.status === 'failed') Object.assign(standing, end)
    else again(end.errorCode)
  }
  return standing
}

/** Predicts a run that is not interrupted. Adds the steps that it stores to `stored`. */
function foresee({ acts, temper, ending }: Script, stored: Set<StepKey>) {
  const begun: StepKey[] = []
  const finished: StepKey[] = []
  let progress = 0

  function perform(act: Script['acts'][number]): Failure | null {
    if (act.do === 'wait') return null
    if (act.do === 'report') {
      if (!Number.isFinite(act.percent)) return THROWN
      progress = Math.max(progress, Math.min(act.percent, MOST))
      return null
    }
    const { key, body } = act
    if (stored.has(key)) return null
    // Only an output is stored: a failed step begins again.
    begun.push(key)
    if (body === 'misfit') return MISFIT
    if (body === 'throws') return THROWN
    stored.add(key)
    finished.push(key)
    progress = Math.max(
      progress,
      Math.min(
        MOST,
        [...stored].reduce((sum, step) => sum + WEIGHTS[step], 0),
      ),
    )
    return null
  }

  for (const act of acts) {
    const failure = perform(act)
    if (failure && temper === 'obedient') return { end: failure, begun, finished, progress }
  }
  return { end: ENDS[ending], begun, finished, progress }
}
