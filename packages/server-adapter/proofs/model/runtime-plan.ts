import * as fc from 'fast-check'

export type StepKey = 'draft' | 'print'

/** One thing that a generator does. */
export type Act =
  /** Reports any number, sensible or not. */
  | { do: 'report'; percent: number }
  /** Runs a step, called once or twice at the same time. A `slow` body waits like `wait`, but ignores the signal. */
  | { do: 'step'; key: StepKey; body: 'good' | 'slow' | 'misfit' | 'throws'; calls: 1 | 2 }
  /** Waits until the users have made all their moves, or until the signal aborts. */
  | { do: 'wait' }

const ENDINGS = [
  'result',
  'error',
  'retryable',
  'fatal',
  'misfit',
  'bigint',
  'cycle',
  'nul',
  'half a pair',
  'nothing',
] as const
export type Ending = (typeof ENDINGS)[number]

/** The acts of one attempt. A stubborn one catches every error of its context and continues, even after an abort. */
export interface Script {
  temper: 'obedient' | 'stubborn'
  acts: readonly Act[]
  ending: Ending
}

/** `scripts[n]` is for run n; the last script is for all later runs. */
export interface TaskPlan {
  maxRetries: number
  scripts: readonly Script[]
}

/** An action of a user, queue or operator, `after` this many looks at all tasks. */
export type Move = { after: number } & (
  | { do: 'cancel'; task: number }
  /** Delivers the same message again. */
  | { do: 'deliver'; task: number }
  /** Repeats the same create under its idempotency key. */
  | { do: 'create again'; task: number }
  | { do: 'maintain' }
  /** Stops the server and starts another on the same store. */
  | { do: 'deploy' }
)

export interface Plan {
  /** How many turns of the event loop the answer to a claim takes. */
  latency: number
  concurrency: number
  tasks: readonly TaskPlan[]
  moves: readonly Move[]
}

const percent = fc.oneof(
  fc.integer({ min: -10, max: 150 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -0, 99.95),
)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('report' as const), percent }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      key: fc.constantFrom('draft' as const, 'print' as const),
      body: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom('good' as const, 'slow' as const) },
        fc.constantFrom('misfit' as const, 'throws' as const),
      ),
      calls: fc.constantFrom(1 as const, 2 as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
)
const script: fc.Arbitrary<Script> = fc.record({
  temper: fc.constantFrom('obedient' as const, 'stubborn' as const),
  acts: fc.array(act, { maxLength: 4 }),
  ending: fc.oneof(
    { weight: 3, arbitrary: fc.constant('result' as const) },
    { weight: 3, arbitrary: fc.constantFrom('error' as const, 'retryable' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...ENDINGS) },
  ),
})
const taskPlan = fc.record({ maxRetries: fc.nat(2), scripts: fc.array(script, { minLength: 1, maxLength: 3 }) })

const after = fc.nat(6)
const task = fc.nat(7)
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), after, task }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deliver' as const), after, task }) },
  fc.record({ do: fc.constant('create again' as const), after, task }),
  fc.record({ do: fc.constant('maintain' as const), after }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deploy' as const), after }) },
)

export const plans: fc.Arbitrary<Plan> = fc.record({
  latency: fc.nat(3),
  concurrency: fc.integer({ min: 1, max: 4 }),
  tasks: fc.array(taskPlan, { minLength: 1, maxLength: 8 }),
  moves: fc.array(move, { maxLength: 8 }),
})

const good = (key: StepKey): Act => ({ do: 'step', key, body: 'good', calls: 1 })
const slow = (key: StepKey): Act => ({ do: 'step', key, body: 'slow', calls: 1 })
const wait: Act = { do: 'wait' }

/** Played before drawn plans, so that the most important cases always run. Add plans that once failed here, too. */
export const KNOWN_PLANS: Record<string, Plan> = {
  'every way to end': {
    latency: 0,
    concurrency: 4,
    tasks: ENDINGS.map((ending) => ({ maxRetries: 1, scripts: [{ temper: 'obedient', acts: [], ending }] })),
    moves: [],
  },
  'errors between checkpoints': {
    latency: 0,
    concurrency: 1,
    tasks: [
      {
        maxRetries: 2,
        scripts: [
          { temper: 'obedient', acts: [good('draft')], ending: 'error' },
          { temper: 'obedient', acts: [good('draft'), good('print')], ending: 'retryable' },
          { temper: 'obedient', acts: [good('draft'), good('print')], ending: 'result' },
        ],
      },
    ],
    moves: [],
  },
  'a cancel of the running and of the waiting': {
    latency: 0,
    concurrency: 1,
    tasks: [
      { maxRetries: 0, scripts: [{ temper: 'obedient', acts: [wait], ending: 'result' }] },
      { maxRetries: 0, scripts: [{ temper: 'obedient', acts: [], ending: 'result' }] },
    ],
    moves: [
      { do: 'cancel', task: 1, after: 3 },
      { do: 'cancel', task: 0, after: 3 },
    ],
  },
  'a cancel that is ignored': {
    latency: 0,
    concurrency: 2,
    tasks: [
      { maxRetries: 2, scripts: [{ temper: 'stubborn', acts: [wait, good('draft')], ending: 'result' }] },
      { maxRetries: 2, scripts: [{ temper: 'stubborn', acts: [slow('draft')], ending: 'error' }] },
    ],
    moves: [
      { do: 'cancel', task: 0, after: 6 },
      { do: 'cancel', task: 1, after: 6 },
    ],
  },
  'deploys that are free, and one that is not': {
    latency: 0,
    concurrency: 2,
    tasks: [
      { maxRetries: 0, scripts: [{ temper: 'obedient', acts: [good('draft'), wait], ending: 'result' }] },
      { maxRetries: 0, scripts: [{ temper: 'stubborn', acts: [wait], ending: 'result' }] },
    ],
    moves: [
      { do: 'deploy', after: 6 },
      { do: 'deploy', after: 6 },
    ],
  },
  'a deploy after a cancel of what is being claimed': {
    latency: 1,
    concurrency: 1,
    tasks: [{ maxRetries: 1, scripts: [{ temper: 'obedient', acts: [], ending: 'error' }] }],
    moves: [
      { do: 'cancel', task: 0, after: 1 },
      { do: 'deploy', after: 0 },
    ],
  },
}
