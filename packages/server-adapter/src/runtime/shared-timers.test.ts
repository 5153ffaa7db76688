import { describe, expect, it, vi } from 'vitest'
import { createManualClock, toClock } from '../testing/fake-server/fake-clock.js'
import { shareTimers } from './shared-timers.js'

function openTimers() {
  const manual = createManualClock()
  let running = 0
  const after = vi.fn<typeof manual.after>((ms, callback) => {
    running += 1
    let isOver = false
    const end = () => {
      if (!isOver) running -= 1
      isOver = true
    }
    const stop = manual.after(ms, () => {
      end()
      callback()
    })
    return () => {
      end()
      stop()
    }
  })
  const log: string[] = []
  const clock = shareTimers(toClock({ now: manual.now, after }))
  return { clock, manual, after, log, running: () => running, say: (word: string) => () => void log.push(word) }
}

describe('shared timers', () => {
  it('call back in the order of their times, whatever their durations are', async () => {
    const { clock, manual, log, say } = openTimers()
    clock.after(30, say('30'))
    clock.after(10, say('10'))
    clock.every(20, say('every 20'))
    await manual.advance(15)
    clock.after(10, say('25'))
    await manual.advance(30)
    expect(log).toEqual(['10', 'every 20', '25', '30', 'every 20'])
  })

  it('need one timer for any number of attempts that end early', () => {
    const { clock, after, running } = openTimers()
    const stops: (() => void)[] = []
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      stops.push(
        clock.every(5_000, () => {}),
        clock.after(900_000, () => {}),
      )
      if (attempt > 10) for (const stop of stops.splice(0, 2)) stop()
    }
    expect(after.mock.calls.length).toBe(1)
    expect(running()).toBe(1)
  })

  it('leave no timer behind when the last callback is stopped', () => {
    const { clock, running } = openTimers()
    const stops = [clock.every(10, () => {}), clock.after(5, () => {})]
    for (const stop of stops) stop()
    expect(running()).toBe(0)
  })

  it('call nothing that was stopped, also by a callback of the same moment', async () => {
    const { clock, manual, log, say } = openTimers()
    clock.after(10, () => stop())
    const stop = clock.after(10, say('stopped'))
    const stopEvery = clock.every(10, () => {
      log.push('once')
      stopEvery()
    })
    await manual.advance(50)
    expect(log).toEqual(['once'])
  })
})
