import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createBackoffPolicy } from './backoff-policy.js'
import { assertOptions } from './option-rules.js'
import { defineTask, defineTasks } from './task-catalog.js'

/** Values that every numeric option refuses. */
const NEVER = [Number.NaN, Infinity, -Infinity, -1, 1e300, '5', null, {}, 10n] as number[]

const CATALOG = {
  timeoutMs: { refused: [0, 3.2e12], accepted: [1, 25 * 86_400_000, 400 * 86_400_000] },
  deadlineMs: { refused: [0], accepted: [1, 60_000] },
  timeToLiveMs: { refused: [0], accepted: [1, 86_400_000] },
  maxRetries: { refused: [1.5, 1_001], accepted: [0, 3, 1_000] },
  concurrency: { refused: [0, 1.5, 2 ** 31], accepted: [1, 2 ** 31 - 1] },
} as const

const BACKOFF = {
  baseMs: { refused: [], accepted: [0, 1, 0.5] },
  factor: { refused: [0, 0.5], accepted: [1, 1.5] },
  ceilingMs: { refused: [999], accepted: [1_000, 86_400_000] },
} as const

const rowsOf = (table: Readonly<Record<string, { refused: readonly number[]; accepted: readonly number[] }>>) =>
  Object.entries(table).map(([name, { refused, accepted }]) => ({ name, refused: [...NEVER, ...refused], accepted }))

function printed(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return value === null ? 'null' : `a ${typeof value}`
}

const define = (numbers: object, weight?: number) =>
  defineTasks({
    REPORT: defineTask({
      title: () => 'Report',
      payload: z.object({}),
      result: z.object({}),
      steps: { draft: { title: 'Drafting', output: z.string(), ...(weight !== undefined && { weight }) } },
      ...numbers,
    }),
  })

describe.each(rowsOf(CATALOG))('$name of a task', ({ name, refused, accepted }) => {
  it.each(refused)('is refused as %o, by a message that names it, the value and the range', (value) => {
    expect(() => define({ [name]: value })).toThrow(`REPORT.${name} is ${printed(value)}; it must be a`)
  })

  it.each(accepted)('may be %d', (value) => {
    expect(() => define({ [name]: value })).not.toThrow()
  })
})

describe('the weight of a step', () => {
  it.each([...NEVER, 1_000_001])('is refused as %o', (weight) => {
    expect(() => define({}, weight)).toThrow(`REPORT.steps.draft.weight is ${printed(weight)}; it must be a`)
  })

  it.each([0, 0.5, 3])('may be %d', (weight) => {
    expect(() => define({}, weight)).not.toThrow()
  })
})

describe.each(rowsOf(BACKOFF))('$name of a backoff', ({ name, refused, accepted }) => {
  it.each(refused)('is refused as %o', (value) => {
    expect(() => createBackoffPolicy({ [name]: value })).toThrow(`${name} is ${printed(value)}; it must be a`)
  })

  it.each(accepted)('may be %d', (value) => {
    expect(() => createBackoffPolicy({ [name]: value })).not.toThrow()
  })
})

const assert = (value: unknown) => () => assertOptions('queue', { pollMs: value }, { pollMs: { least: 1 } })

describe('a number that is refused', () => {
  it('is a TypeError when it is none, and else a RangeError', () => {
    expect(assert('5')).toThrow(new TypeError('queue.pollMs is a string; it must be a finite number from 1.'))
    expect(assert(0)).toThrow(new RangeError('queue.pollMs is 0; it must be a finite number from 1.'))
    expect(assert(undefined)).not.toThrow()
  })

  it('comes with advice where Infinity means something', () => {
    expect(() => define({ timeoutMs: Infinity })).toThrow(/Infinity; .+ 25 \* 24 \* 60 \* 60 \* 1_000 for 25 days\.$/)
    expect(() => define({ concurrency: Infinity })).toThrow('Leave it out for no limit.')
  })
})
