import type { TaskErrorCode } from '@brandkit/core'
import type { ReportedUsage } from '../../runtime/running/reported-usage.js'

/** How a task of a fake server proceeds. The scenario and the clock decide everything, so every run is the same. */
export interface FakeScenario {
  /** Milliseconds from when the task is due to its start. Default 800. */
  startAfterMs?: number | undefined
  /** Milliseconds of one attempt, shared among the steps by weight. Default 6,000. */
  durationMs?: number | undefined
  /** The result of a completed task. The catalog's schema must accept it. Default: an example made from the schema. */
  result?: unknown
  /** Shown one after another, evenly over the attempt, at most four a second. */
  partialResults?: readonly unknown[] | undefined
  /** Appended to the task's text one after another, evenly over the attempt. Default: none. */
  texts?: readonly string[] | undefined
  /** What each attempt has used of models; reported at its beginning. Default: nothing. */
  usage?: readonly ReportedUsage[] | undefined
  /** The progress, in percent, at which the task stands still until it is cancelled. Absent: the task runs to its end. */
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
  /** The progress at which the attempt fails, in percent. Default 60. */
  atProgress?: number | undefined
  /** Milliseconds from the failure to the next attempt. Default 2,000. */
  retryAfterMs?: number | undefined
}

/** A moment of an attempt, in milliseconds after its start. */
export interface FakeMoment {
  atMs: number
  what:
    | { kind: 'progress'; percent: number }
    | { kind: 'partial'; value: unknown }
    /** `at`: the length of the text before it. */
    | { kind: 'text'; text: string; at: number }
    | { kind: 'failure'; failure: FakeFailure }
    | { kind: 'standstill' }
}

/** A good generator reports its progress every 5 %. */
const TICKS = 20

/** All moments of one attempt, in order. `attempt` is 1 for the first. */
export function planAttempt(scenario: FakeScenario, attempt: number): FakeMoment[] {
  const { durationMs = 6_000, partialResults = [], texts = [], stopsAt, failure } = scenario
  const atMs = (percent: number) => (durationMs * percent) / 100
  const moments: FakeMoment[] = [
    ...Array.from({ length: TICKS - 1 }, (_, index): FakeMoment => {
      const percent = ((index + 1) * 100) / TICKS
      return { atMs: atMs(percent), what: { kind: 'progress', percent } }
    }),
    ...partialResults.map((value, index): FakeMoment => ({
      atMs: atMs(((index + 1) * 100) / (partialResults.length + 1)),
      what: { kind: 'partial', value },
    })),
    ...texts.map((text, index): FakeMoment => ({
      atMs: atMs(((index + 1) * 100) / (texts.length + 1)),
      what: { kind: 'text', text, at: texts.slice(0, index).join('').length },
    })),
  ]
  const last = toLast({ stopsAt, failure: failure && attempt <= (failure.attempts ?? Infinity) ? failure : undefined })
  if (!last) return moments.toSorted((a, b) => a.atMs - b.atMs)
  const end: FakeMoment = { atMs: atMs(last.percent), what: last.what }
  const isBefore = (moment: FakeMoment) =>
    moment.atMs < end.atMs || (moment.atMs === end.atMs && last.what.kind === 'standstill')
  return [...moments.filter(isBefore).toSorted((a, b) => a.atMs - b.atMs), end]
}

/** The moment that ends the attempt early, with its progress. `null`: the attempt completes. */
function toLast({
  stopsAt,
  failure,
}: Pick<FakeScenario, 'stopsAt' | 'failure'>): { percent: number; what: FakeMoment['what'] } | null {
  if (stopsAt !== undefined) return { percent: stopsAt, what: { kind: 'standstill' } }
  if (failure) return { percent: Math.min(99, failure.atProgress ?? 60), what: { kind: 'failure', failure } }
  return null
}
