import { brandTasks, createLogger } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { input, setUpFakeServer as setUp } from './fake-server.fixture.js'

/** The text of an event stream, as it comes. */
function listen(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    until: async (what: string) => {
      while (!text.includes(what)) {
        const { done, value } = await reader.read()
        if (done) throw new Error(`The stream has ended without "${what}".`)
        text += value
      }
      return text
    },
    end: async () => {
      while (!(await reader.read()).done);
    },
  }
}

/** Three tasks, a part of their way. */
async function run() {
  const { clock, server, create } = setUp({ scenario: { failure: { attempts: 1 } } })
  for (let index = 0; index < 3; index += 1) {
    await create({ headers: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } })
    await clock.advance(1_700)
  }
  return server.tasks()
}

describe('a fake task server', () => {
  it('gives the same ids, times and versions in every run', async () => {
    expect(await run()).toEqual(await run())
  })

  it('retries as a new task, under the same scenario', async () => {
    const { clock, server, post, create } = setUp()
    const { taskId } = await create()
    await post('cancel', { taskId })
    const { task } = (await post('retry', { taskId })).body
    expect(task).toMatchObject({ retryOf: taskId, status: 'queued', progress: 0 })
    await clock.advance(60_000)
    expect(server.find(task.taskId).status).toBe('completed')
    expect(server.find(taskId).status).toBe('cancelled')
  })

  it('asks for a scenario once for each task, in the order of their creation', async () => {
    const asked: string[] = []
    const { clock, server, post } = setUp({
      scenario: ({ taskId }) => {
        asked.push(taskId)
        return asked.length === 1 ? { failure: { attempts: 1 } } : null
      },
    })
    const { tasks } = (await post('create', { tasks: [input, input] })).body
    await clock.advance(600_000)
    expect(asked).toEqual(tasks.map(({ taskId }: { taskId: string }) => taskId))
    expect(server.tasks().map(({ status }) => status)).toEqual(['completed', 'queued'])
  })

  it('holds a waiting read back until there is news or its time is over', async () => {
    const { clock, send, create } = setUp({ scenario: { startAfterMs: 5_000 } })
    const { taskId } = await create()
    const etag = (await send(`action=status&taskId=${taskId}`)).headers.get('etag') ?? ''
    const headers = { 'if-none-match': etag }
    const early = send(`action=status&taskId=${taskId}&wait=3`, { headers })
    const late = send(`action=status&taskId=${taskId}&wait=20`, { headers })
    await clock.advance(3_000)
    expect(await early).toMatchObject({ status: 304, body: null })
    await clock.advance(3_000)
    expect(await late).toMatchObject({ status: 200, body: { task: { status: 'processing' } } })
  })

  it('guesses from what has completed, and lets a test have the last word', async () => {
    const { clock, server, send, create } = setUp({ scenario: { durationMs: 6_000 }, pollAfterMs: 20 })
    await create()
    await clock.advance(60_000)
    const { taskId } = await create()
    const reply = await send(`action=status&taskId=${taskId}`)
    expect(reply.body).toMatchObject({
      pollAfterMs: 20,
      hints: { [taskId]: { position: 1, estimatedCompletion: new Date(clock.now() + 6_000).toISOString() } },
    })
    server.hints[taskId] = { position: 7 }
    const told = await send(`action=status&taskId=${taskId}`)
    expect(told.body.hints[taskId]).toEqual({ position: 7 })
  })

  it('refuses what is in the catalog and nobody serves', async () => {
    const { post } = setUp({ serves: ['GENERATE_TRENDS'] })
    expect(await post('create', input)).toMatchObject({ status: 422, body: { code: 'task_type_not_served' } })
  })

  it('answers 401 while nobody is signed in, and 403 for a brand that is not theirs', async () => {
    const { post } = setUp({ userOf: () => null })
    expect(await post('create', input)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    const limited = setUp({ userOf: () => ({ userId: 'ada', brandIds: ['borealis'] }) })
    expect(await limited.post('create', input)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('tells users apart by a header', async () => {
    const { send, create } = setUp()
    const { taskId } = await create()
    expect((await send(`action=status&taskId=${taskId}`)).status).toBe(200)
    expect((await send(`action=status&taskId=${taskId}`, { user: 'linus' })).status).toBe(404)
  })

  it('fails a task whose scenario function throws or returns nothing, and says why', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const scenarios = [
      () => {
        throw new Error('No such course.')
      },
      () => undefined as never,
    ]
    for (const scenario of scenarios) {
      const { clock, server, create } = setUp({ scenario })
      const { taskId } = await create()
      await clock.advance(0)
      const { status, lastError } = server.find(taskId)
      expect(status).toBe('failed')
      expect(lastError).toMatch(/scenario function .* failed: .*(No such course|returned undefined)/)
      expect(error).toHaveBeenLastCalledWith(expect.stringContaining(String(lastError)))
    }
    error.mockRestore()
  })

  it('logs why a user cannot be told, and nothing of the failures that a scenario plans', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const planned = setUp({ scenario: { failure: {} } })
    await planned.create()
    await planned.clock.advance(60_000)
    expect(error).not.toHaveBeenCalled()
    const { send } = setUp({
      userOf: () => {
        throw new Error('No session.')
      },
    })
    expect((await send('action=list')).status).toBe(500)
    expect(error).toHaveBeenCalledWith(expect.stringContaining('No session.'))
    error.mockRestore()
  })

  it('logs to the logger of the test', async () => {
    const lines: string[] = []
    const { create } = setUp({
      scenario: () => {
        throw new Error('No such course.')
      },
      logger: createLogger({ sink: ({ message }) => lines.push(message) }),
    })
    await create()
    expect(lines.join()).toContain('No such course.')
  })

  it('remembers what it was asked', async () => {
    const { server, send, create } = setUp()
    await create()
    await send('action=list')
    expect(server.requests).toEqual(['POST create', 'GET list'])
  })
})

describe('what a test writes', () => {
  it('is what a page reads, with a greater version each time', async () => {
    const { server, send } = setUp()
    const seeded = server.seed({ status: 'processing', progress: 10, currentStep: 'channels' })
    const read = async () => (await send(`action=status&taskId=${seeded.taskId}`)).body.task
    expect(await read()).toEqual(seeded)
    const changed = server.change(seeded.taskId, { progress: 40 })
    expect(changed).toMatchObject({ progress: 40, version: seeded.version + 1 })
    expect(await read()).toEqual(changed)
  })

  it('can be retried, since it has a payload of its type', async () => {
    const { server, post } = setUp({ scenario: null })
    for (const type of Object.keys(brandTasks)) {
      const { taskId } = server.seed({ type: type as keyof typeof brandTasks, status: 'cancelled' })
      expect(await post('retry', { taskId })).toMatchObject({ status: 202 })
    }
  })

  it('stays as it is, however much time passes', async () => {
    const { clock, server, send } = setUp()
    for (const status of ['queued', 'processing', 'failed'] as const) server.seed({ status, createdAt: '2020-01-01' })
    const before = server.tasks()
    await send('action=list')
    await clock.advance(100 * 24 * 3_600_000)
    expect(server.tasks()).toEqual(before)
  })

  it('shows the steps as it says', () => {
    const { server } = setUp()
    const steps = (['completed', 'running', 'pending'] as const).map((status, index) => ({
      key: `step-${index}`,
      title: `Step ${index}`,
      status,
    }))
    const { taskId } = server.seed({ status: 'processing', steps })
    expect(server.find(taskId).steps).toMatchObject(steps)
    server.change(taskId, { status: 'failed', lastError: 'No.', errorCode: 'generator_refused' })
    expect(server.find(taskId).steps?.map(({ status }) => status)).toEqual(['completed', 'failed', 'pending'])
  })

  it('ends an attempt that runs, which then writes nothing more', async () => {
    const { clock, server, create } = setUp()
    const { taskId } = await create()
    await clock.advance(3_000)
    server.change(taskId, { status: 'cancelled', completedAt: new Date(clock.now()).toISOString() })
    const ended = server.find(taskId)
    await clock.advance(60_000)
    expect(server.find(taskId)).toEqual(ended)
  })

  it('is told to those who watch', async () => {
    const { server } = setUp({ scenario: null })
    const { taskId } = server.seed({ status: 'processing' })
    const stream = listen(await server.fetch('/api/jobs?action=events'))
    await stream.until('event: snapshot')
    server.change(taskId, { progress: 77 })
    expect(await stream.until('"progress":77')).toContain('event: tasks')
  })
})

describe('the streams of a fake task server', () => {
  it('are counted, hear what a test says, and end with its last word', async () => {
    const { server } = setUp()
    const streams = await Promise.all([1, 2].map(async () => listen(await server.fetch('/api/jobs?action=events'))))
    expect(server.openStreams()).toBe(2)
    server.send({ event: 'beat', data: {} })
    server.send({ event: 'reconnect', data: { afterMs: 5 } })
    for (const stream of streams) {
      expect(await stream.until('event: reconnect\ndata: {"afterMs":5}')).toContain(': beat')
      await stream.end()
    }
    expect(server.openStreams()).toBe(0)
  })

  it('are cut without a word', async () => {
    const { server } = setUp()
    const stream = listen(await server.fetch('/api/jobs?action=events'))
    await stream.until('event: snapshot')
    server.cutStreams()
    await expect(stream.end()).rejects.toThrow('The connection was cut.')
    expect(server.openStreams()).toBe(0)
  })

  it('are left with the signal of their request', async () => {
    const { server } = setUp()
    const leaving = new AbortController()
    const stream = listen(await server.fetch('/api/jobs?action=events', { signal: leaving.signal }))
    leaving.abort()
    await expect(stream.end()).rejects.toMatchObject({ name: 'AbortError' })
    expect(server.openStreams()).toBe(0)
  })

  it('beat by the clock', async () => {
    const { clock, server } = setUp()
    const stream = listen(await server.fetch('/api/jobs?action=events'))
    await stream.until('event: snapshot')
    await clock.advance(30_000)
    expect(await stream.until(': beat')).toContain(': beat')
  })
})
