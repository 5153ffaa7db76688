import { expect, it } from 'vitest'
import { createFakeTaskServer } from './create-fake-task-server.js'
import { createManualClock } from './fake-clock.js'
import { setUpFakeServer } from './fake-server.fixture.js'

it.each([-5, Number.NaN, Infinity, 1e18, '5' as never])(
  'a manual clock refuses to advance by %o, and keeps its time',
  async (ms) => {
    const clock = createManualClock()
    const before = clock.now()
    await expect(clock.advance(ms)).rejects.toThrow(RangeError)
    await expect(clock.advance(ms)).rejects.toThrow(/give a finite number of milliseconds from 0/)
    expect(clock.now()).toBe(before)
  },
)

it.each([Number.NaN, -1, 1e18])('a manual clock refuses the start %d, which is no time', (start) => {
  expect(() => createManualClock(start)).toThrow(RangeError)
})

it('a clock may stand between two milliseconds', async () => {
  const { clock, create } = setUpFakeServer()
  await clock.advance(1_000 / 3)
  expect((await create()).taskId).toMatch(/^[\da-f]{8}-[\da-f]{4}-7000-/)
})

it.each([{}, { now: Date.now }])('a fake server refuses a clock without its functions: %o', (clock) => {
  expect(() => createFakeTaskServer({ clock: clock as never })).toThrow(
    /A clock is \{ now\(\), after\(ms, callback\) \}/,
  )
})
