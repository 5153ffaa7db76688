import { createSeededRandom, silentLogger } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { setUpFollower, taskOf } from './turned-clock.fixture.js'

const MINUTE = 60_000

/** Simulates minutes, with a scheduler that sleeps exactly for `msUntilDue`. */
async function requestsPerMinute(seed: number, versionAt: (index: number, time: number) => number) {
  const { follower, state } = setUpFollower({
    backoff: undefined,
    random: createSeededRandom(seed),
    logger: silentLogger,
  })
  const start = state.time
  state.answer = (taskIds) => ({
    tasks: taskIds.map((taskId) => taskOf(taskId, { version: versionAt(Number(taskId), state.time - start) })),
    pollAfterMs: 1_000,
  })
  for (let index = 0; index < 1_000; index += 1) follower.follow(String(index))

  const minutes: number[] = []
  for (let minute = 1; minute <= 3; minute += 1) {
    const before = state.requests.length
    for (;;) {
      const wait = follower.msUntilDue()
      if (wait === false || state.time + wait >= start + minute * MINUTE) break
      state.time += wait
      await follower.poll()
    }
    minutes.push(state.requests.length - before)
  }
  return minutes
}

describe('a thousand followed tasks', () => {
  it('make under 300 requests a minute while they wait', async () => {
    for (const seed of [1, 2, 3]) {
      const minutes = await requestsPerMinute(seed, () => 1)
      expect(Math.max(...minutes)).toBeLessThan(300)
      expect(Math.min(...minutes)).toBeGreaterThan(0)
    }
  })

  it('make under 300 requests a minute while each makes progress every twenty seconds', async () => {
    for (const seed of [1, 2, 3]) {
      const minutes = await requestsPerMinute(seed, (index, time) => 1 + Math.floor((time + index * 20) / 20_000))
      expect(Math.max(...minutes)).toBeLessThan(300)
    }
  })
})
