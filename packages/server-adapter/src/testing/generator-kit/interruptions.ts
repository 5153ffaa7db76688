import { ANYTHING, assertOptions, oneOf, type OptionRules, TEXT } from '@brandkit/core'
import type { StepName } from '../../runtime/running/around-steps.js'
import type { AbortReason } from '../../runtime/running/attempt.js'
import { toStepLabel } from './generator-run.js'

/** A step that fails when its work would begin. The key alone: it fails once. */
export type StepFailure<K extends string = string> =
  | K
  | {
      step: K
      /** The item that fails, for a step with items. Default: any item. */
      item?: string | undefined
      /** How many runs of the step fail. Default 1. */
      times?: number | undefined
      /** What it throws. Default: an `Error`, which is retried. */
      error?: unknown
    }

/** The invocations of a push queue are no part of a test, and a provider makes an attempt wait by itself. */
const PLAYED_ABORTS = ['cancelled', 'task_timed_out', 'shutdown', 'ownership_lost'] as const satisfies AbortReason[]
export type PlayedAbort = (typeof PLAYED_ABORTS)[number]

/** A step at whose beginning the attempt is aborted, once. The key alone: the user cancels. */
export type StepAbort<K extends string = string> =
  | K
  | {
      step: K
      /** The item, for a step with items. Default: any item. */
      item?: string | undefined
      /**
       * `cancelled` by the user; `task_timed_out`: the step hangs until then; `shutdown` of the process, another goes on;
       * `ownership_lost`: the process dies, and its lease expires. The work of the step sees an aborted signal, except that
       * nothing of a dead process runs on.
       */
      reason: PlayedAbort
    }

type Interruption = { kind: 'failure'; error: unknown } | { kind: 'abort'; reason: PlayedAbort }

/** What a test wants to happen to the steps of a generator. */
export interface Interruptions {
  /** Takes the next interruption of a step or an item, if there is one. */
  take(name: StepName): Interruption | undefined
  /** The steps that are to be interrupted and have not been once. */
  untouched(): string[]
}

interface InterruptionsOptions {
  failAt: StepFailure | readonly StepFailure[]
  abortAt: StepAbort | readonly StepAbort[]
  /** The keys of the steps in the catalog. */
  known: readonly string[]
}

const FAILURE: OptionRules<Exclude<StepFailure, string>> = { step: TEXT, item: TEXT, times: ANYTHING, error: ANYTHING }
const ABORT: OptionRules<Exclude<StepAbort, string>> = { step: TEXT, item: TEXT, reason: oneOf(PLAYED_ABORTS) }

/** @throws TypeError for a step that the catalog lacks and for a wrong option, RangeError for `times` that is no number from 1 */
export function createInterruptions({ failAt, abortAt, known }: InterruptionsOptions): Interruptions {
  const planned = [
    ...[failAt].flat().map((failure) => toPlan(toFailure(failure))),
    ...[abortAt].flat().map((abort) => toPlan(toAbort(abort))),
  ]
  for (const { step, times } of planned) {
    if (!known.includes(step))
      throw new TypeError(`The catalog has no step "${step}". Known steps: ${known.join(', ')}.`)
    if (!(times >= 1) || times !== Math.floor(times))
      throw new RangeError(`failAt "${step}": times is ${times}; it must be a whole number, at least 1.`)
  }

  return {
    take({ step, item }) {
      const next = planned.find(
        (plan) => plan.step === step && (plan.item === undefined || plan.item === item) && plan.taken < plan.times,
      )
      if (!next) return undefined
      next.taken += 1
      return next.interruption
    },
    untouched: () =>
      planned
        .filter(({ taken }) => taken === 0)
        .map(({ step, item }) => toStepLabel(item === undefined ? { step } : { step, item })),
  }
}

interface Planned {
  step: string
  item: string | undefined
  times: number
  interruption: Interruption
}

function toPlan(planned: Planned): Planned & { taken: number } {
  return { ...planned, taken: 0 }
}

function toFailure(failure: StepFailure): Planned {
  if (typeof failure !== 'string') assertOptions('failAt', failure, FAILURE, { needed: ['step'], isClosed: true })
  const { step, item, times = 1, ...given } = typeof failure === 'string' ? { step: failure } : failure
  const error = 'error' in given ? given.error : new Error(`Step "${step}" fails, as failAt says.`)
  return { step, item, times, interruption: { kind: 'failure', error } }
}

function toAbort(abort: StepAbort): Planned {
  if (typeof abort !== 'string') assertOptions('abortAt', abort, ABORT, { needed: ['step', 'reason'], isClosed: true })
  const { step, item, reason } = typeof abort === 'string' ? { step: abort, reason: 'cancelled' as const } : abort
  return { step, item, times: 1, interruption: { kind: 'abort', reason } }
}
