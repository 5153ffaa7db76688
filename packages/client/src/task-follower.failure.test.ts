import { TaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { type Answer, setUpFollower, taskOf } from './turned-clock.fixture.js'

const fail =
  (error: TaskError): Answer =>
  async () => {
    throw error
  }
const throwRangeError = () => {
  throw new RangeError('a bug of the app')
}

describe('a poll that fails', () => {
  it('rejects with the error and counts as an attempt', async () => {
    const { follower, state, pollAt } = setUpFollower()
    follower.follow('a')
    await pollAt(0)
    state.answer = fail(new TaskError('network_error', 'offline'))
    await expect(pollAt(1_000)).rejects.toMatchObject({ code: 'network_error' })
    expect(follower.msUntilDue()).toBe(2_000)
    await expect(pollAt(3_000)).rejects.toMatchObject({ code: 'network_error' })
    expect(follower.msUntilDue()).toBe(4_000)
  })

  it('asks nothing more of a server that is not there, and lets all wait alike', async () => {
    const { follower, state, pollAt } = setUpFollower()
    for (let index = 0; index < 250; index += 1) follower.follow(`task-${index}`)
    state.answer = fail(new TaskError('network_error', 'offline'))
    await expect(pollAt(0)).rejects.toMatchObject({ code: 'network_error' })
    expect(state.requests).toHaveLength(1)
    expect(follower.msUntilDue()).toBe(2_000)
  })

  it('does not keep the tasks of other requests from being read', async () => {
    const { follower, state, pollAt } = setUpFollower()
    for (let index = 0; index < 150; index += 1) follower.follow(`task-${index}`)
    state.answer = (taskIds) => {
      if (taskIds.includes('task-0')) throw new TaskError('invalid_request', 'bad id')
      return { tasks: taskIds.map((taskId) => taskOf(taskId)) }
    }
    await expect(pollAt(0)).rejects.toMatchObject({ code: 'invalid_request' })
    expect(state.brought).toHaveLength(50)
  })

  it('waits as long as Retry-After says with everything, also with new tasks and after waking up', async () => {
    const { follower, state, pollAt } = setUpFollower()
    follower.follow('a')
    state.answer = fail(new TaskError('rate_limited', 'slowly', { retryAfterMs: 20_000 }))
    await expect(pollAt(0)).rejects.toMatchObject({ code: 'rate_limited' })
    follower.follow('b')
    follower.wake()
    expect(follower.msUntilDue()).toBe(20_000)
    await pollAt(19_999)
    expect(state.requests).toHaveLength(1)
    state.answer = () => ({})
    await pollAt(20_000)
    expect(state.requests).toEqual([['a'], ['a', 'b']])
  })

  it('never makes a timer overflow', async () => {
    const { follower, state, pollAt } = setUpFollower()
    follower.follow('a')
    state.answer = fail(new TaskError('rate_limited', 'never', { retryAfterMs: 1e15 }))
    await expect(pollAt(0)).rejects.toMatchObject({ code: 'rate_limited' })
    expect(follower.msUntilDue()).toBeLessThan(2 ** 31)
  })

  it('stops everything when nobody is signed in, until it is woken', async () => {
    const { follower, state, pollAt } = setUpFollower()
    let calls = 0
    follower.subscribe(() => (calls += 1))
    follower.follow('a')
    state.answer = fail(new TaskError('unauthenticated', 'sign in'))
    await expect(pollAt(0)).rejects.toMatchObject({ code: 'unauthenticated' })
    follower.follow('b')
    expect(follower.msUntilDue()).toBe(false)
    await pollAt(60_000)
    expect(state.requests).toHaveLength(1)

    state.answer = () => ({})
    const before = calls
    follower.wake()
    expect([follower.msUntilDue(), calls - before]).toEqual([0, 1])
    await follower.poll()
    expect(state.requests).toEqual([['a'], ['a', 'b']])
  })

  it('counts for nothing when it was aborted: the tasks are due as before', async () => {
    const { follower, state } = setUpFollower()
    const controller = new AbortController()
    state.answer = () => {
      controller.abort()
      return { tasks: [taskOf('a', { version: 2 })] }
    }
    follower.follow('a')
    await expect(follower.poll({ signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(follower.msUntilDue()).toBe(0)
    state.answer = () => ({ tasks: [taskOf('a')] })
    await follower.poll()
    expect(state.lines.at(-1)).toContain('attempt 1')
  })

  it('leaves nothing stuck when the receiver throws', async () => {
    const { follower, pollAt } = setUpFollower({ onTasks: throwRangeError })
    follower.follow('a')
    await expect(pollAt(0)).rejects.toThrow(RangeError)
    expect(follower.msUntilDue()).toBe(1_000)
  })
})
