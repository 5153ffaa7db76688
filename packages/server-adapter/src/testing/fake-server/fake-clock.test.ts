import { expect, it } from 'vitest'
import { createManualClock } from './fake-clock.js'

it.each([-5, Number.NaN, Infinity])('a manual clock refuses to advance by %d, and keeps its time', async (ms) => {
  const clock = createManualClock()
  const before = clock.now()
  await expect(clock.advance(ms)).rejects.toThrow(RangeError)
  await expect(clock.advance(ms)).rejects.toThrow(/give a finite number of milliseconds from 0/)
  expect(clock.now()).toBe(before)
})

it('a manual clock refuses a start that is no time', () => {
  expect(() => createManualClock(Number.NaN)).toThrow(RangeError)
})
