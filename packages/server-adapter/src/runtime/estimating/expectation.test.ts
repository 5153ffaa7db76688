import { describe, expect, it } from 'vitest'
import type { StoredTask } from '../../store/task-store.js'
import type { StoreOutlook } from '../../store/store-outlook.js'
import { toExpectation, toOutlook } from './expectation.js'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const at = (ms: number) => new Date(NOW + ms).toISOString()

const task = (taskId: string, overrides: Partial<StoredTask> = {}) =>
  ({ taskId, type: 'PLAN', status: 'queued', runAt: at(0), ...overrides }) as StoredTask
const running = (ranMs: number) => task('a', { status: 'processing', startedAt: at(-ranMs) })

/** Durations of plans: 19 of 20 take 20 s, the last 60 s. The durations of trends are unknown. */
const PLANS = [...Array.from({ length: 19 }, () => 20_000), 60_000]
function expectationOf(one: StoredTask, { waiting = [], processing = 0, durations }: Partial<StoreOutlook> = {}) {
  const outlook = toOutlook({ waiting, processing, durations: durations ?? { PLAN: PLANS } })
  const { hints, pollAfterMs } = toExpectation([one], outlook, NOW)
  return { ...hints[one.taskId], pollAfterMs }
}
const queue = (...ids: string[]) => ids.map((taskId) => ({ taskId, type: 'PLAN' }))

describe('what a waiting task may expect', () => {
  it('is its place, and the time that those before it and itself will take', () => {
    expect(expectationOf(task('c'), { waiting: queue('a', 'b', 'c'), processing: 1 })).toEqual({
      position: 3,
      estimatedCompletion: at(60_000),
      pollAfterMs: 7_500,
    })
  })

  it('comes sooner the more run at once', () => {
    const { estimatedCompletion } = expectationOf(task('c'), { waiting: queue('a', 'b', 'c'), processing: 4 })
    expect(estimatedCompletion).toBe(at(30_000))
  })

  it('is the end of the queue when it has come since the last look', () => {
    expect(expectationOf(task('new'), { waiting: queue('a', 'b') }).position).toBe(3)
  })

  it('is a place of 1000 “or later” behind as many', () => {
    const waiting = queue(...Array.from({ length: 1_000 }, (_, index) => `task-${index}`))
    expect(expectationOf(task('late'), { waiting })).toEqual({ position: 1_000, pollAfterMs: 1_000 })
  })

  it('is no time while nothing is known of its type, or of a type before it', () => {
    expect(expectationOf(task('a', { type: 'TRENDS' }), { waiting: queue('a') })).toEqual({
      position: 1,
      pollAfterMs: 1_000,
    })
    const waiting = [{ taskId: 'b', type: 'TRENDS' }, ...queue('a')]
    expect(expectationOf(task('a'), { waiting })).toEqual({ position: 2, pollAfterMs: 1_000 })
  })

  it('is nothing while it waits for other tasks, which may take any time', () => {
    const waitsFor = [{ taskId: 'b', title: 'Plan' }]
    expect(expectationOf(task('a', { waitsFor }), { waiting: queue('b') })).toEqual({ pollAfterMs: 10_000 })
  })

  it('begins, for a scheduled task, when it is due; until then it has no place', () => {
    expect(expectationOf(task('a', { runAt: at(30_000) }), { waiting: queue('b') })).toEqual({
      estimatedCompletion: at(50_000),
      pollAfterMs: 30_000,
    })
    expect(expectationOf(task('a', { runAt: at(86_400_000) })).pollAfterMs).toBe(60_000)
  })
})

describe('what a running task may expect', () => {
  it.each([
    ['the rest of what most take', 4_000, { estimatedCompletion: at(16_000), pollAfterMs: 2_000 }],
    ['no questions more often than once a second', 19_000, { estimatedCompletion: at(1_000), pollAfterMs: 1_000 }],
    [
      'the rest of what the slow ones take, once it is one',
      21_000,
      { estimatedCompletion: at(1_000), pollAfterMs: 1_000 },
    ],
    ['anything, when it is slower than nearly all', 70_000, { pollAfterMs: 1_000 }],
  ])('is %s', (_, ranMs, expected) => {
    expect(expectationOf(running(ranMs))).toEqual(expected)
  })

  it('is a question every ten seconds at most, however long it takes', () => {
    expect(expectationOf(running(0), { durations: { PLAN: [3_600_000] } }).pollAfterMs).toBe(10_000)
  })
})

describe('what several tasks may expect', () => {
  it('is to be asked for when the first of them is, and nothing when all are over', () => {
    const outlook = toOutlook({ waiting: [], processing: 1, durations: { PLAN: [80_000] } })
    const ended = task('over', { status: 'completed' })
    const both = toExpectation([{ ...running(0), taskId: 'slow' }, running(56_000), ended], outlook, NOW)
    expect(both.pollAfterMs).toBe(3_000)
    expect(Object.keys(both.hints)).toEqual(['slow', 'a'])
    expect(toExpectation([ended], outlook, NOW)).toEqual({ hints: {} })
  })
})
