import { silentLogger } from '@brandkit/core'
import {
  createFakeTaskServer,
  createManualClock,
  type FakeScenario,
} from '@brandkit/server-adapter/testing/fake-server'
import { describe, expect, it, vi } from 'vitest'
import { input } from './answering-server.fixture.js'
import { createTaskService } from './task-service.js'
import { createTextReader } from './text-reader.js'

const WORDS = Array.from({ length: 20 }, (_, at) => `word ${at} `)
const WHOLE = WORDS.join('')

/** A server whose task streams words over ten seconds, and a reader of them. */
async function setUp(scenario: FakeScenario = {}) {
  const clock = createManualClock()
  const server = createFakeTaskServer({
    clock,
    scenario: { startAfterMs: 0, durationMs: 10_000, texts: WORDS, ...scenario },
  })
  const network = { fetch: server.fetch, queries: [] as URLSearchParams[] }
  const service = createTaskService({
    url: 'http://fake.test/api/jobs',
    logger: silentLogger,
    fetch: async (resource, init) => {
      const request = new Request(resource, init)
      const { searchParams } = new URL(request.url)
      if (searchParams.get('action') === 'text') network.queries.push(searchParams)
      return network.fetch(request)
    },
  })
  const { taskId } = await service.createBackgroundTask(input)
  const reader = createTextReader({ service, taskId })
  /** Lets time pass, and tells the reader of the task until it has read what there is. */
  async function pass(ms: number) {
    await clock.advance(ms)
    reader.follow(server.find(taskId))
    const { text } = await service.getText({ taskId })
    await vi.waitFor(() => expect(reader.get().text).toBe(text))
  }
  return { clock, server, network, service, taskId, reader, pass }
}

describe('createTextReader', () => {
  it('puts the text together from pieces, each read once, and knows its end', async () => {
    const { reader, pass, network } = await setUp()
    const told: string[] = []
    reader.subscribe(() => told.push(reader.get().text))
    for (let second = 0; second < 12; second += 1) await pass(1_000)
    expect(reader.get()).toEqual({ text: WHOLE, isComplete: true, error: null })
    expect(told.every((text, at) => text.startsWith(told[at - 1] ?? ''))).toBe(true)
    // The test reads the whole text each time, and the reader only behind its cursor.
    const cursors = network.queries
      .map((query) => query.get('cursor'))
      .filter((cursor) => cursor !== null && cursor !== '')
    expect(new Set(cursors).size).toBe(cursors.length)
  })

  it('takes back what a failed attempt had written behind its last step', async () => {
    const { reader, pass } = await setUp({ failure: { attempts: 1, atProgress: 60, retryAfterMs: 1 } })
    await pass(5_900)
    const before = reader.get().text
    await pass(500)
    expect(before.startsWith(reader.get().text)).toBe(true)
    expect(reader.get().text.length).toBeLessThan(before.length)
    await pass(20_000)
    expect(reader.get()).toEqual({ text: WHOLE, isComplete: true, error: null })
  })

  it('asks nothing while nothing is new, and nothing for a task without text', async () => {
    const { server, taskId, reader, pass, network } = await setUp({ texts: [] })
    for (let second = 0; second < 12; second += 1) await pass(1_000)
    const ended = server.find(taskId)
    for (let again = 0; again < 3; again += 1) reader.follow(ended)
    expect(reader.get()).toEqual({ text: '', isComplete: true, error: null })
    expect(network.queries.every((query) => !query.has('cursor'))).toBe(true)
  })

  it('goes on at its cursor after a failure, and says so meanwhile', async () => {
    const { clock, server, taskId, reader, pass, network } = await setUp()
    await pass(3_000)
    const { text } = reader.get()
    network.fetch = () => Promise.reject(new TypeError('The network is gone.'))
    await clock.advance(3_000)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    reader.follow(server.find(taskId))
    await vi.waitFor(() => expect(reader.get()).toMatchObject({ text, error: { code: 'network_error' } }))
    network.fetch = server.fetch
    await vi.advanceTimersByTimeAsync(2_000)
    vi.useRealTimers()
    await vi.waitFor(() => expect(reader.get().error).toBeNull())
    expect(reader.get().text.length).toBeGreaterThan(text.length)
    expect(WHOLE.startsWith(reader.get().text)).toBe(true)
  })

  it('gives up when the text is gone, and does nothing once it is stopped', async () => {
    const { service, server, taskId, reader, pass, network } = await setUp()
    await pass(20_000)
    await service.deleteTask(taskId)
    const late = createTextReader({ service, taskId })
    late.follow({ status: 'completed', textCursor: '1.5' })
    await vi.waitFor(() => expect(late.get().error).toMatchObject({ code: 'task_gone' }))
    const before = network.queries.length
    late.follow({ status: 'completed', textCursor: '1.5' })
    reader.stop()
    expect(server.requests.at(-1)).toBe('GET text')
    expect(network.queries).toHaveLength(before)
  })
})
