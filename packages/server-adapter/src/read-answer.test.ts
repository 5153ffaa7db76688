import { createLogger, type LogEntry } from '@brandkit/core'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readAnswer } from './read-answer.js'
import type { TaskStream } from './runtime/watching/task-stream.js'
import type { TaskServerOptions } from './task-server-options.js'
import { recordingSink } from '../proofs/fixtures/recording-sink.js'
import { keepSampleServers } from '../proofs/fixtures/sample-servers.js'
import { ada, call, endless, report, sampleServer, type SampleTasks } from '../proofs/fixtures/sample-tasks.js'

const rejections: unknown[] = []
const noteRejection = (reason: unknown) => rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', noteRejection))
afterAll(() => void process.off('unhandledRejection', noteRejection))
beforeEach(() => void vi.useFakeTimers())
const { keep } = keepSampleServers()
// Hooks run in reverse order: this hook comes before the one that stops the servers, which may wait for real time.
afterEach(() => {
  // Spies are restored first; otherwise a spy could put the fake `setTimeout` back, for all later files.
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const REAUTHENTICATE_MS = 60_000
const hanging = () => Promise.withResolvers<never>().promise
const eventsRequest = () => new Request('http://app.test/api/jobs?action=events', { headers: { 'x-user': 'ada' } })

function serverOf(options: Partial<TaskServerOptions<SampleTasks>>) {
  const lines: LogEntry[] = []
  const server = keep(
    sampleServer(endless, {
      timings: { drainMs: 50, reauthenticateMs: REAUTHENTICATE_MS },
      logger: createLogger({ sink: (entry) => lines.push(entry) }),
      ...options,
    }),
  )
  return { server, errors: () => lines.filter(({ level }) => level === 'error').map(({ message }) => message) }
}

/** Returns the outcome of `work` after 30 seconds, and checks that it was pending until then. */
async function afterHalfAMinute<T>(work: Promise<T>): Promise<T | 'still waiting'> {
  let end: T | 'still waiting' = 'still waiting'
  void work.then((value) => (end = value))
  await vi.advanceTimersByTimeAsync(29_999)
  expect(end).toBe('still waiting')
  await vi.advanceTimersByTimeAsync(1)
  return end
}

describe.each(['authenticate', 'authorize'] as const)('a request whose `%s` never answers', (name) => {
  const late = expect.stringContaining(`${name} did not answer within 30 seconds`) as string

  it('is held for 30 seconds, then gets a 500, and the team one line that names the function', async () => {
    const { server, errors } = serverOf({ [name]: hanging })
    expect(await afterHalfAMinute(call(server, 'GET', 'action=list'))).toMatchObject({
      status: 500,
      body: { code: 'internal_error' },
    })
    expect(errors()).toEqual([late])
  })

  it('is held as long where the answer is a promise of another library', async () => {
    // oxlint-disable-next-line unicorn/no-thenable -- as in query builders
    const { server, errors } = serverOf({ [name]: () => ({ then() {} }) as never })
    expect(await afterHalfAMinute(call(server, 'GET', 'action=list'))).toMatchObject({ status: 500 })
    expect(errors()).toEqual([late])
  })

  it('is held as long where it would open a stream', async () => {
    const { server, errors } = serverOf({ [name]: hanging })
    expect(await afterHalfAMinute(server.openEvents(eventsRequest()))).toMatchObject({ status: 500 })
    expect(errors()).toEqual([late])
  })

  it('is not harmed by a failure that comes later, and nor is the process', async () => {
    const answer = Promise.withResolvers<never>()
    const { server, errors } = serverOf({ [name]: () => answer.promise })
    expect(await afterHalfAMinute(call(server, 'GET', 'action=list'))).toMatchObject({ status: 500 })
    answer.reject(new Error('The directory is down.'))
    vi.useRealTimers()
    await turn()
    expect(rejections).toEqual([])
    expect(errors()).toHaveLength(1)
  })

  it('gets a 503 at once where the server stops meanwhile', async () => {
    const { server, errors } = serverOf({ [name]: hanging })
    const answer = call(server, 'GET', 'action=list')
    await vi.advanceTimersByTimeAsync(500)
    void server.stop()
    await vi.advanceTimersByTimeAsync(0)
    expect(await answer).toMatchObject({ status: 503, body: { code: 'shutting_down' } })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(errors()).toEqual([])
  })

  it('leaves no timer behind where it answers, and has none where its answer is no promise', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const longWaits = () => timers.mock.calls.filter(([, ms]) => ms === 30_000)
    const answer = { authenticate: ada, authorize: 'own' as const }[name] as never
    const { server: prompt } = serverOf({ [name]: () => answer })
    await call(prompt, 'GET', 'action=list')
    expect(longWaits()).toEqual([])

    const { server } = serverOf({ [name]: async () => answer })
    await call(server, 'GET', 'action=list')
    const before = vi.getTimerCount()
    expect((await call(server, 'GET', 'action=list')).status).toBe(200)
    expect(longWaits()).toHaveLength(2)
    expect(vi.getTimerCount()).toBe(before)
  })

  it.each([1_000, REAUTHENTICATE_MS])(
    'ends an open stream after 30 seconds, and is asked once for it, with reauthenticateMs of %d',
    async (reauthenticateMs) => {
      const answer = vi.fn<() => unknown>(() => ({ authenticate: ada, authorize: 'own' })[name])
      const { server, errors } = serverOf({ [name]: answer as never, timings: { drainMs: 50, reauthenticateMs } })
      const stream = (await server.openEvents(eventsRequest())) as TaskStream
      const sink = recordingSink()
      stream.attach(sink)
      answer.mockClear().mockImplementation(hanging)

      while (answer.mock.calls.length === 0) await vi.advanceTimersByTimeAsync(100)
      await vi.advanceTimersByTimeAsync(29_000)
      expect(sink.closed).toBe(null)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(sink.closed).toBe('finished')
      expect(sink.events.at(-1)?.event).toBe('reconnect')
      await vi.advanceTimersByTimeAsync(300_000)
      expect(answer).toHaveBeenCalledTimes(1)
      expect(errors()).toEqual([late])
    },
  )
})

describe('an answer that throws when it is looked at', () => {
  it('gets a 500, and the team one line that names the function', async () => {
    const { proxy: answer, revoke } = Proxy.revocable({}, {})
    revoke()
    const { server, errors } = serverOf({ authenticate: () => answer as never })
    expect(await call(server, 'GET', 'action=list')).toMatchObject({ status: 500 })
    expect(errors()).toEqual([expect.stringContaining('authenticate gave an answer that cannot be read')])
  })
})

const keepingTimers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

describe('a function of the app that never answers', () => {
  it('does not keep the process from ending', () => {
    vi.useRealTimers()
    const before = keepingTimers()
    void Promise.resolve(readAnswer(hanging(), { from: 'authenticate', read: String })).catch(() => {})
    expect(keepingTimers()).toBe(before)
  })
})

describe('a server call whose `authorize` never answers', () => {
  it('is held for 30 seconds, then rejects', async () => {
    const { server, errors } = serverOf({ authorize: hanging })
    const creating = server.tasks.create(ada, report).catch((error: unknown) => error)
    expect(await afterHalfAMinute(creating)).toMatchObject({ code: 'internal_error' })
    expect(errors()).toEqual([expect.stringContaining('authorize did not answer')])
  })
})
