import { describe, expect, it } from 'vitest'
import { createManualClock, toClock } from '../../testing/fake-server/fake-clock.js'
import { ProgressBehind, WRITE_WITHIN_MS } from './progress-behind.js'

function openProgress() {
  const clock = createManualClock()
  const writes: number[] = []
  const state = { isStoreUp: true }
  const progress = new ProgressBehind({
    stored: 5,
    write: async (percent) => {
      writes.push(percent)
      return state.isStoreUp
    },
    clock: toClock(clock),
  })
  return { clock, writes, state, progress }
}

describe('progress that is written behind', () => {
  it('is written once within 25 ms, and only the highest', async () => {
    const { clock, writes, progress } = openProgress()
    for (const percent of [10, 30, 20]) progress.report(percent)
    await clock.advance(WRITE_WITHIN_MS - 1)
    expect(writes).toEqual([])
    await clock.advance(1)
    expect(writes).toEqual([30])
    progress.report(40)
    await clock.advance(WRITE_WITHIN_MS)
    expect(writes).toEqual([30, 40])
    expect(progress.unwritten).toBeUndefined()
  })

  it('is not written where it does not rise', async () => {
    const { clock, writes, progress } = openProgress()
    progress.report(5)
    progress.report(30)
    progress.stored(40)
    progress.report(40)
    await clock.advance(WRITE_WITHIN_MS)
    expect(writes).toEqual([])
    expect(progress.unwritten).toBeUndefined()
  })

  it('goes with another write, and is not written again', async () => {
    const { clock, writes, progress } = openProgress()
    progress.report(10)
    const carried: unknown[] = []
    await progress.carry(async (percent) => {
      carried.push(percent)
      progress.report(15)
      return true
    })
    expect(carried).toEqual([10])
    await clock.advance(WRITE_WITHIN_MS)
    expect(writes).toEqual([15])
  })

  it('stays for the end when its write was lost, or is under way', async () => {
    const { clock, state, progress } = openProgress()
    state.isStoreUp = false
    progress.report(10)
    await clock.advance(WRITE_WITHIN_MS)
    expect(progress.unwritten).toBe(10)
    await expect(progress.carry(() => Promise.reject(new Error('No.')))).rejects.toThrow('No.')
    expect(progress.unwritten).toBe(10)
    void progress.carry(() => new Promise(() => {}))
    expect(progress.unwritten).toBe(10)
  })

  it('is left to the end after the last report', async () => {
    const { clock, writes, progress } = openProgress()
    progress.report(10)
    progress.close()
    progress.report(20)
    await clock.advance(WRITE_WITHIN_MS)
    expect(writes).toEqual([])
    expect(progress.unwritten).toBe(10)
  })
})
