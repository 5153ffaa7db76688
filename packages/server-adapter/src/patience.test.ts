import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { inTime } from './patience.js'

const rejections: unknown[] = []
const noteRejection = (reason: unknown) => rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', noteRejection))
afterAll(() => void process.off('unhandledRejection', noteRejection))
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const limit = { ms: 1_000, tooLate: () => new Error('too late') }

describe('inTime', () => {
  it('gives what comes in time, a failure too, and leaves no timer', async () => {
    await expect(inTime(Promise.resolve(7), limit)).resolves.toBe(7)
    await expect(inTime(Promise.reject(new Error('no')), limit)).rejects.toThrow('no')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('rejects when the time is over, and drops the failure that comes later', async () => {
    const work = Promise.withResolvers<never>()
    const failed = vi.fn<(error: unknown) => void>()
    inTime(work.promise, limit).catch(failed)
    await vi.advanceTimersByTimeAsync(999)
    expect(failed).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(failed).toHaveBeenCalledWith(expect.objectContaining({ message: 'too late' }))
    work.reject(new Error('even later'))
    vi.useRealTimers()
    await turn()
    expect(rejections).toEqual([])
  })
})
