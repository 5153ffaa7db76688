import {
  createBackoffPolicy,
  createLogger,
  createSeededRandom,
  formatLogEntry,
  type GetStatusesResponse,
  TaskError,
  type TaskJson,
} from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { createAnsweringServer, json, task as example } from './answering-server.fixture.js'
import { createTaskFollower, type TaskFollowerOptions } from './task-follower.js'

const steady = createBackoffPolicy({ baseMs: 1_000, factor: 2, ceilingMs: 8_000, jitter: 'none' })
const taskOf = (taskId: string, rest: Partial<TaskJson> = {}) => ({ ...example, taskId, ...rest }) as TaskJson

type Answer = (taskIds: readonly string[]) => Partial<GetStatusesResponse> | Promise<Partial<GetStatusesResponse>>

/** A follower with a clock that a test turns, over a wire that answers as the test says. */
function setUp(options: Partial<TaskFollowerOptions> = {}) {
  const state = {
    time: 1_000_000,
    requests: [] as string[][],
    brought: [] as TaskJson[],
    missing: [] as string[],
    lines: [] as string[],
    answer: ((taskIds) => ({ tasks: taskIds.map((taskId) => taskOf(taskId)) })) as Answer,
  }
  const follower = createTaskFollower({
    service: {
      wire: {
        create: () => expect.fail('a follower creates nothing'),
        cancel: () => expect.fail('a follower cancels nothing'),
        list: () => expect.fail('a follower lists nothing'),
        getStatuses: async (taskIds, { signal } = {}) => {
          state.requests.push([...taskIds])
          const reply = await state.answer(taskIds)
          signal?.throwIfAborted()
          return { tasks: [], missing: [], ...reply }
        },
      },
    },
    onTasks: (tasks) => void state.brought.push(...tasks),
    onMissing: (taskIds) => void state.missing.push(...taskIds),
    now: () => state.time,
    backoff: steady,
    logger: createLogger({ sink: (entry) => state.lines.push(formatLogEntry(entry)) }),
    ...options,
  })
  const pollAt = async (ms: number) => {
    state.time = 1_000_000 + ms
    await follower.poll()
  }
  return { follower, state, pollAt }
}

describe('a follower', () => {
  it('has nothing to do before it follows, and reads a new task at once', async () => {
    const { follower, state } = setUp()
    expect(follower.msUntilDue()).toBe(false)
    follower.follow('a')
    expect(follower.msUntilDue()).toBe(0)
    await follower.poll()
    expect(state.brought).toEqual([taskOf('a')])
    expect(follower.msUntilDue()).toBe(1_000)
  })

  it('waits longer after each read without news, and starts again at a new version', async () => {
    const { follower, state, pollAt } = setUp()
    follower.follow('a')
    follower.observe(taskOf('a'))
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
    const { follower, pollAt } = setUp()
    let calls = 0
    follower.follow('a')
    await pollAt(0)
    await pollAt(1_000)
    expect(follower.msUntilDue()).toBe(2_000)
    const stop = follower.subscribe(() => (calls += 1))
    follower.observe(taskOf('a'))
    expect([follower.msUntilDue(), calls]).toEqual([2_000, 0])
    follower.observe(taskOf('a', { version: 5 }))
    expect([follower.msUntilDue(), calls]).toEqual([1_000, 1])
    stop()
    follower.observe(taskOf('a', { version: 6 }))
    expect(calls).toBe(1)
  })

  it('ends with the task, whether a poll or somebody else says so', async () => {
    const { follower, state, pollAt } = setUp()
    follower.follow('a')
    follower.follow('b')
    state.answer = () => ({ tasks: [taskOf('a', { status: 'cancelled', version: 2 }), taskOf('b')] })
    await pollAt(0)
    follower.observe(taskOf('b', { status: 'cancelled', version: 2 }))
    expect(follower.msUntilDue()).toBe(false)
    await pollAt(60_000)
    expect(state.requests).toHaveLength(1)
  })

  it('ends for missing ids and says which they were', async () => {
    const { follower, state, pollAt } = setUp()
    follower.follow('a')
    follower.follow('b')
    state.answer = () => ({ tasks: [taskOf('a')], missing: ['b', 'never asked'] })
    await pollAt(0)
    expect(state.missing).toEqual(['b'])
    await pollAt(1_000)
    expect(state.requests).toEqual([['a', 'b'], ['a']])
  })

  it('reports an id that cannot be one as missing, and never sends it', async () => {
    const { follower, state, pollAt } = setUp()
    for (const taskId of ['', 'a,b', 'x'.repeat(201), 'good']) follower.follow(taskId)
    await pollAt(0)
    expect(state.missing).toEqual(['', 'a,b', 'x'.repeat(201)])
    expect(state.requests).toEqual([['good']])
  })

  it('counts who follows: the last one to stop stops it, and stopping twice counts once', async () => {
    const { follower, state, pollAt } = setUp()
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
    const { follower, pollAt } = setUp()
    const stop = follower.follow('a')
    await pollAt(0)
    stop()
    follower.follow('a')
    expect(follower.msUntilDue()).toBe(1_000)
  })

  it('forgets a task that nobody follows once its time has passed', async () => {
    const { follower, state, pollAt } = setUp()
    const stop = follower.follow('a')
    await pollAt(0)
    stop()
    await pollAt(1_000)
    follower.follow('a')
    expect(follower.msUntilDue()).toBe(0)
    expect(state.requests).toHaveLength(1)
  })

  it('uses the shortest of the backoffs that its followers asked for', async () => {
    const { follower, pollAt } = setUp()
    follower.follow('a')
    const stop = follower.follow('a', { backoff: createBackoffPolicy({ baseMs: 100, jitter: 'none' }) })
    await pollAt(0)
    expect(follower.msUntilDue()).toBe(100)
    stop()
    await pollAt(100)
    expect(follower.msUntilDue()).toBe(2_000)
  })

  it('does not put a read off by being asked when the next is due', async () => {
    const { follower, state } = setUp({ backoff: undefined, random: createSeededRandom(7) })
    follower.follow('a')
    await follower.poll()
    for (let ms = 0; ms <= 1_000 && state.requests.length < 2; ms += 1) {
      state.time += 1
      if (follower.msUntilDue() === 0) await follower.poll()
    }
    expect(state.requests).toHaveLength(2)
  })

  it('waits again no longer than before when the clock is set back', async () => {
    const { follower, state, pollAt } = setUp()
    follower.follow('a')
    await pollAt(0)
    state.time -= 8 * 3_600_000
    expect(follower.msUntilDue()).toBe(1_000)
  })
})

describe('a poll', () => {
  it('takes along what is due within a quarter of its own delay, and nothing else', async () => {
    const { follower, state, pollAt } = setUp()
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
    const { follower, state } = setUp()
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
    const { follower, pollAt } = setUp({ backoff: undefined, random })
    for (let index = 0; index < 300; index += 1) follower.follow(`task-${index}`)
    const before = draws
    await pollAt(0)
    await pollAt(1_000)
    expect(draws - before).toBe(2)
    expect(follower.msUntilDue()).toBe(750)
  })

  it('respects the server’s pollAfterMs, also where a quarter of the delay would allow more', async () => {
    const { follower, state, pollAt } = setUp()
    state.answer = (taskIds) => ({ tasks: taskIds.map((taskId) => taskOf(taskId)), pollAfterMs: 5_000 })
    follower.follow('a')
    await pollAt(0)
    follower.observe(taskOf('a', { version: 2 }))
    expect(follower.msUntilDue()).toBe(5_000)
    await pollAt(4_999)
    expect(state.requests).toHaveLength(1)
    await pollAt(5_000)
    expect(state.requests).toHaveLength(2)
  })

  it('never hands on what is older than what is known', async () => {
    const { follower, state } = setUp()
    follower.follow('a')
    state.answer = () => {
      follower.observe(taskOf('a', { status: 'cancelled', version: 9 }))
      return { tasks: [taskOf('a', { status: 'processing', version: 8 })] }
    }
    await follower.poll()
    expect(state.brought).toEqual([])
    expect(follower.msUntilDue()).toBe(false)
  })

  it('hands on no task that was not asked for', async () => {
    const { follower, state } = setUp()
    follower.follow('a')
    state.answer = () => ({ tasks: [taskOf('a'), taskOf('b')] })
    await follower.poll()
    expect(state.brought.map(({ taskId }) => taskId)).toEqual(['a'])
  })

  it('does not ask again for what is being asked', async () => {
    const { follower, state } = setUp()
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
    const { follower, state } = setUp()
    for (let index = 0; index < 101; index += 1) follower.follow(`task-${index}`)
    state.answer = () => {
      follower.observe(taskOf('task-100', { status: 'cancelled', version: 2 }))
      return {}
    }
    await follower.poll()
    expect(state.requests).toHaveLength(1)
  })
})

describe('a poll that fails', () => {
  const fail = (error: TaskError): Answer => {
    return () => Promise.reject(error)
  }

  it('rejects with the error and counts as an attempt', async () => {
    const { follower, state, pollAt } = setUp()
    follower.follow('a')
    await pollAt(0)
    state.answer = fail(new TaskError('network_error', 'offline'))
    await expect(pollAt(1_000)).rejects.toMatchObject({ code: 'network_error' })
    expect(follower.msUntilDue()).toBe(2_000)
    await expect(pollAt(3_000)).rejects.toMatchObject({ code: 'network_error' })
    expect(follower.msUntilDue()).toBe(4_000)
  })

  it('asks nothing more of a server that is not there, and lets all wait alike', async () => {
    const { follower, state, pollAt } = setUp()
    for (let index = 0; index < 250; index += 1) follower.follow(`task-${index}`)
    state.answer = fail(new TaskError('network_error', 'offline'))
    await expect(pollAt(0)).rejects.toMatchObject({ code: 'network_error' })
    expect(state.requests).toHaveLength(1)
    expect(follower.msUntilDue()).toBe(2_000)
  })

  it('does not keep the tasks of other requests from being read', async () => {
    const { follower, state, pollAt } = setUp()
    for (let index = 0; index < 150; index += 1) follower.follow(`task-${index}`)
    state.answer = (taskIds) => {
      if (taskIds.includes('task-0')) throw new TaskError('invalid_request', 'bad id')
      return { tasks: taskIds.map((taskId) => taskOf(taskId)) }
    }
    await expect(pollAt(0)).rejects.toMatchObject({ code: 'invalid_request' })
    expect(state.brought).toHaveLength(50)
  })

  it('waits as long as Retry-After says with everything, also with new tasks and after waking up', async () => {
    const { follower, state, pollAt } = setUp()
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
    const { follower, state, pollAt } = setUp()
    follower.follow('a')
    state.answer = fail(new TaskError('rate_limited', 'never', { retryAfterMs: 1e15 }))
    await expect(pollAt(0)).rejects.toMatchObject({ code: 'rate_limited' })
    expect(follower.msUntilDue()).toBeLessThan(2 ** 31)
  })

  it('stops everything when nobody is signed in, until it is woken', async () => {
    const { follower, state, pollAt } = setUp()
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
    const { follower, state } = setUp()
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
    const onTasks = () => {
      throw new RangeError('a bug of the app')
    }
    const { follower, pollAt } = setUp({ onTasks })
    follower.follow('a')
    await expect(pollAt(0)).rejects.toThrow(RangeError)
    expect(follower.msUntilDue()).toBe(1_000)
  })
})

describe('waking up', () => {
  it('makes everything due and starts the backoff again', async () => {
    const { follower, pollAt } = setUp()
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
    const { follower, state } = setUp({ service: server.open() })
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
