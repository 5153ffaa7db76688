import { createBackoffPolicy, createSeededRandom } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { createAnsweringServer, json, task as example } from './answering-server.fixture.js'
import { setUpFollower, taskOf } from './turned-clock.fixture.js'

describe('a follower', () => {
  it('has nothing to do before it follows, and reads a new task at once', async () => {
    const { follower, state } = setUpFollower()
    expect(follower.msUntilDue()).toBe(false)
    follower.follow('a')
    expect(follower.msUntilDue()).toBe(0)
    await follower.poll()
    expect(state.brought).toEqual([taskOf('a')])
    expect(follower.msUntilDue()).toBe(1_000)
  })

  it('waits longer after each read without news, and starts again at a new version', async () => {
    const { follower, state, pollAt } = setUpFollower()
    follower.follow('a')
    follower.receive(taskOf('a'))
    const waits = [follower.msUntilDue()]
    for (const ms of [1_000, 3_000, 7_000, 15_000]) {
      await pollAt(ms)
      waits.push(follower.msUntilDue())
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 8_000])

    state.answer = () => ({ tasks: [taskOf('a', { version: 2 })] })
    await pollAt(23_000)
    expect(follower.msUntilDue()).toBe(1_000)
    await pollAt(24_000)
    expect(state.lines.map((line) => line.split(' traceId=')[0])).toEqual([
      ...[1, 2, 3, 4, 5].map((attempt) => `[TaskPolling] Polling task a, attempt ${attempt}`),
      '[TaskPolling] Polling task a, attempt 1',
    ])
    expect(new Set(state.lines.map((line) => line.split(' traceId=')[1]))).toEqual(new Set([example.traceId]))
  })

  it('starts the backoff again when a newer version comes from elsewhere, and not for the same one', async () => {
    const { follower, pollAt } = setUpFollower()
    let calls = 0
    follower.follow('a')
    await pollAt(0)
    await pollAt(1_000)
    expect(follower.msUntilDue()).toBe(2_000)
    const stop = follower.subscribe(() => (calls += 1))
    follower.receive(taskOf('a'))
    expect([follower.msUntilDue(), calls]).toEqual([2_000, 0])
    follower.receive(taskOf('a', { version: 5 }))
    expect([follower.msUntilDue(), calls]).toEqual([1_000, 1])
    stop()
    follower.receive(taskOf('a', { version: 6 }))
    expect(calls).toBe(1)
  })

  it('ends with the task, whether a poll or somebody else says so', async () => {
    const { follower, state, pollAt } = setUpFollower()
    follower.follow('a')
    follower.follow('b')
    state.answer = () => ({ tasks: [taskOf('a', { status: 'cancelled', version: 2 }), taskOf('b')] })
    await pollAt(0)
    follower.receive(taskOf('b', { status: 'cancelled', version: 2 }))
    expect(follower.msUntilDue()).toBe(false)
    await pollAt(60_000)
    expect(state.requests).toHaveLength(1)
  })

  it('ends for missing ids and says which they were', async () => {
    const { follower, state, pollAt } = setUpFollower()
    follower.follow('a')
    follower.follow('b')
    state.answer = () => ({ tasks: [taskOf('a')], missing: ['b', 'never asked'] })
    await pollAt(0)
    expect(state.missing).toEqual(['b'])
    await pollAt(1_000)
    expect(state.requests).toEqual([['a', 'b'], ['a']])
  })

  it('reports an id that cannot be one as missing, and never sends it', async () => {
    const { follower, state, pollAt } = setUpFollower()
    for (const taskId of ['', 'a,b', 'x'.repeat(201), 'good']) follower.follow(taskId)
    await pollAt(0)
    expect(state.missing).toEqual(['', 'a,b', 'x'.repeat(201)])
    expect(state.requests).toEqual([['good']])
  })

  it('counts who follows: the last one to stop stops it, and stopping twice counts once', async () => {
    const { follower, state, pollAt } = setUpFollower()
    const first = follower.follow('a')
    const second = follower.follow('a')
    first()
    first()
    await pollAt(0)
    expect(state.requests).toHaveLength(1)
    second()
    expect(follower.msUntilDue()).toBe(false)
    await pollAt(10_000)
    expect(state.requests).toHaveLength(1)
  })

  it('makes no request for a component that stops and follows again in one render', async () => {
    const { follower, pollAt } = setUpFollower()
    const stop = follower.follow('a')
    await pollAt(0)
    stop()
    follower.follow('a')
    expect(follower.msUntilDue()).toBe(1_000)
  })

  it('forgets a task that nobody follows once its time has passed', async () => {
    const { follower, state, pollAt } = setUpFollower()
    const stop = follower.follow('a')
    await pollAt(0)
    stop()
    await pollAt(1_000)
    follower.follow('a')
    expect(follower.msUntilDue()).toBe(0)
    expect(state.requests).toHaveLength(1)
  })

  it('uses the shortest of the backoffs that its followers asked for', async () => {
    const { follower, pollAt } = setUpFollower()
    follower.follow('a')
    const stop = follower.follow('a', { backoff: createBackoffPolicy({ baseMs: 100, jitter: 'none' }) })
    await pollAt(0)
    expect(follower.msUntilDue()).toBe(100)
    stop()
    await pollAt(100)
    expect(follower.msUntilDue()).toBe(2_000)
  })

  it('does not put a read off by being asked when the next is due', async () => {
    const { follower, state } = setUpFollower({ backoff: undefined, random: createSeededRandom(7) })
    follower.follow('a')
    await follower.poll()
    for (let ms = 0; ms <= 1_000 && state.requests.length < 2; ms += 1) {
      state.time += 1
      if (follower.msUntilDue() === 0) await follower.poll()
    }
    expect(state.requests).toHaveLength(2)
  })

  it('waits again no longer than before when the clock is set back', async () => {
    const { follower, state, pollAt } = setUpFollower()
    follower.follow('a')
    await pollAt(0)
    state.time -= 8 * 3_600_000
    expect(follower.msUntilDue()).toBe(1_000)
  })
})

describe('waking up', () => {
  it('makes everything due and starts the backoff again', async () => {
    const { follower, pollAt } = setUpFollower()
    follower.follow('a')
    for (const ms of [0, 1_000, 3_000, 7_000]) await pollAt(ms)
    expect(follower.msUntilDue()).toBe(8_000)
    follower.wake()
    expect(follower.msUntilDue()).toBe(0)
    await pollAt(7_001)
    expect(follower.msUntilDue()).toBe(2_000)
  })
})

describe('a follower over HTTP', () => {
  const server = createAnsweringServer()

  it('reads what it follows until the server says that it is over', async () => {
    const { follower, state } = setUpFollower({ service: server.open({ stream: false }) })
    follower.follow(example.taskId)
    for (const [index, status] of (['queued', 'processing', 'cancelled'] as const).entries()) {
      server.answer = json({ tasks: [{ ...example, status, version: index + 1 }], missing: [], pollAfterMs: 500 })
      state.time += 1_000
      await follower.poll()
    }
    expect(state.brought.map(({ status }) => status)).toEqual(['queued', 'processing', 'cancelled'])
    expect(follower.msUntilDue()).toBe(false)
    expect(server.received.map(({ url }) => url.search)).toEqual(Array(3).fill('?action=status&taskIds=task-1'))
  })
})
