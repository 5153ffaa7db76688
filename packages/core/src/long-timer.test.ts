import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startLongTimer } from './long-timer.js'

const DAY = 24 * 60 * 60 * 1_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('startLongTimer', () => {
  it.each([0, 1, 5_000, 2 ** 31 - 1, 2 ** 31, 25 * DAY, 60 * DAY, 400 * DAY])(
    'fires once, after %d ms and not before',
    (ms) => {
      const onTime = vi.fn<() => void>()
      startLongTimer(ms, onTime)
      if (ms > 0) vi.advanceTimersByTime(ms - 1)
      expect(onTime).toHaveBeenCalledTimes(0)
      vi.advanceTimersByTime(1)
      expect(onTime).toHaveBeenCalledTimes(1)
      vi.advanceTimersByTime(100 * DAY)
      expect(onTime).toHaveBeenCalledTimes(1)
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  it('can be stopped, also in the middle of a long time', () => {
    const onTime = vi.fn<() => void>()
    const stop = startLongTimer(60 * DAY, onTime)
    vi.advanceTimersByTime(50 * DAY)
    stop()
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(50 * DAY)
    expect(onTime).not.toHaveBeenCalled()
  })

  it('never fires after Infinity', () => {
    const onTime = vi.fn<() => void>()
    const stop = startLongTimer(Infinity, onTime)
    vi.advanceTimersByTime(1_000 * DAY)
    expect(onTime).not.toHaveBeenCalled()
    stop()
  })

  it('fires at once after a time that has passed, without a warning', () => {
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const onTime = vi.fn<() => void>()
    startLongTimer(-0.25, onTime)
    expect(timers).toHaveBeenCalledExactlyOnceWith(expect.any(Function), 0)
    vi.advanceTimersByTime(0)
    expect(onTime).toHaveBeenCalledTimes(1)
  })

  it('lets the process end where it is told to', () => {
    vi.useRealTimers()
    const unref = vi.spyOn(Object.getPrototypeOf(setTimeout(() => {})) as NodeJS.Timeout, 'unref')
    startLongTimer(1, () => {}, { keepsProcess: false })
    expect(unref).toHaveBeenCalledTimes(1)
  })
})
