import { describe, expect, it } from 'vitest'
import { setUpFollower, taskOf } from './turned-clock.fixture.js'

describe('a poll', () => {
  it('takes along what is due within a quarter of its own delay, and nothing else', async () => {
    const { follower, state, pollAt } = setUpFollower()
    follower.follow('a')
    await pollAt(0)
    state.time += 249
    follower.follow('b')
    await follower.poll()
    follower.follow('c')
    await pollAt(750)
    await pollAt(1_000)
    expect(state.requests).toEqual([['a'], ['b'], ['a', 'c'], ['b']])
  })

  it('asks for 100 ids at most in one request, one request after another', async () => {
    const { follower, state } = setUpFollower()
    let open = 0
    state.answer = async (taskIds) => {
      open += 1
      expect(open).toBe(1)
      await Promise.resolve()
      open -= 1
      return { tasks: taskIds.map((taskId) => taskOf(taskId)) }
    }
    for (let index = 0; index < 250; index += 1) follower.follow(`task-${index}`)
    await follower.poll()
    expect(state.requests.map(({ length }) => length)).toEqual([100, 100, 50])
    expect(state.brought).toHaveLength(250)
  })

  it('draws its jitter once for all tasks', async () => {
    let draws = 0
    const random = () => {
      draws += 1
      return 0.5
    }
    const { follower, pollAt } = setUpFollower({ backoff: undefined, random })
    for (let index = 0; index < 300; index += 1) follower.follow(`task-${index}`)
    const before = draws
    await pollAt(0)
    await pollAt(1_000)
    expect(draws - before).toBe(2)
    expect(follower.msUntilDue()).toBe(750)
  })

  it('respects the server’s pollAfterMs, also where a quarter of the delay would allow more', async () => {
    const { follower, state, pollAt } = setUpFollower()
    state.answer = (taskIds) => ({ tasks: taskIds.map((taskId) => taskOf(taskId)), pollAfterMs: 5_000 })
    follower.follow('a')
    await pollAt(0)
    follower.receive(taskOf('a', { version: 2 }))
    expect(follower.msUntilDue()).toBe(5_000)
    await pollAt(4_999)
    expect(state.requests).toHaveLength(1)
    await pollAt(5_000)
    expect(state.requests).toHaveLength(2)
  })

  it('never hands on what is older than what is known', async () => {
    const { follower, state } = setUpFollower()
    follower.follow('a')
    state.answer = () => {
      follower.receive(taskOf('a', { status: 'cancelled', version: 9 }))
      return { tasks: [taskOf('a', { status: 'processing', version: 8 })] }
    }
    await follower.poll()
    expect(state.brought).toEqual([])
    expect(follower.msUntilDue()).toBe(false)
  })

  it('hands on no task that was not asked for', async () => {
    const { follower, state } = setUpFollower()
    follower.follow('a')
    state.answer = () => ({ tasks: [taskOf('a'), taskOf('b')] })
    await follower.poll()
    expect(state.brought.map(({ taskId }) => taskId)).toEqual(['a'])
  })

  it('does not ask again for what is being asked', async () => {
    const { follower, state } = setUpFollower()
    const replies: (() => void)[] = []
    state.answer = () => new Promise((resolve) => replies.push(() => resolve({ tasks: [taskOf('a')] })))
    follower.follow('a')
    const first = follower.poll()
    await follower.poll()
    expect(follower.msUntilDue()).toBe(1_000)
    replies[0]?.()
    await first
    expect(state.requests).toHaveLength(1)
  })

  it('does not ask for what ended while an earlier request of the same poll was under way', async () => {
    const { follower, state } = setUpFollower()
    for (let index = 0; index < 101; index += 1) follower.follow(`task-${index}`)
    state.answer = () => {
      follower.receive(taskOf('task-100', { status: 'cancelled', version: 2 }))
      return {}
    }
    await follower.poll()
    expect(state.requests).toHaveLength(1)
  })
})
