import { createSeededRandom, silentLogger, TaskError } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEventFeed, type EventFeedOptions } from './event-feed.js'
import type { WatchOptions } from './watch-tasks.js'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const pass = async (ms: number) => vi.advanceTimersByTimeAsync(ms)

interface Connection extends WatchOptions {
  at: number
  end: (error?: unknown) => void
}

/** A feed whose connections the test controls. */
function setUp({ seed = 1, ...options }: Partial<EventFeedOptions> & { seed?: number } = {}) {
  const connections: Connection[] = []
  const feed = createEventFeed({
    watch: (given) =>
      new Promise((resolve, reject) => {
        const end = (error?: unknown) => (error === undefined ? resolve() : reject(error))
        connections.push({ ...given, at: Date.now(), end })
      }),
    onNews: () => {},
    onLost: () => {},
    onFailed: () => {},
    onUnauthenticated: () => {},
    now: () => Date.now(),
    random: createSeededRandom(seed),
    logger: silentLogger,
    ...options,
  })
  const goLive = () => connections.at(-1)?.onEvent({ event: 'snapshot', data: { tasks: [] } })
  /** Ends the connection, and returns the time until the next one, in milliseconds. */
  const msToNext = async (error?: unknown) => {
    const [endedAt, before] = [Date.now(), connections.length]
    connections.at(-1)?.end(error)
    while (connections.length === before) await pass(100)
    return (connections.at(-1)?.at ?? 0) - endedAt
  }
  return { feed, connections, goLive, msToNext }
}

const offline = new TaskError('network_error', 'offline')

describe('a stream that is wanted', () => {
  it('keeps one connection, however often it is started', async () => {
    const { feed, connections } = setUp()
    expect([feed.start(), feed.start()]).toEqual([true, false])
    feed.wake()
    expect(connections).toHaveLength(1)
    feed.stop()
    expect(connections[0]?.signal.aborted).toBe(true)
    await pass(3_600_000)
    expect(connections).toHaveLength(1)
  })

  it('waits ever longer between attempts that fail, up to five minutes', async () => {
    const { feed, msToNext } = setUp({ random: () => 0.999 })
    feed.start()
    const waits: number[] = []
    for (let attempt = 0; attempt < 11; attempt += 1) waits.push(Math.round((await msToNext(offline)) / 1_000))
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    feed.stop()
  })

  it('begins with short waits again after a connection that was good, and not after one that was cut at once', async () => {
    const { feed, goLive, msToNext } = setUp({ random: () => 0.999 })
    feed.start()
    const waits: number[] = []
    for (const goodMs of [0, 5_000, 0, 21_000, 0]) {
      goLive()
      await pass(goodMs)
      waits.push(Math.round((await msToNext()) / 1_000))
    }
    expect(waits).toEqual([1, 2, 4, 1, 2])
    feed.stop()
  })

  it('waits as long as the server asks it to, and a little more', async () => {
    const { feed, connections, goLive, msToNext } = setUp({ random: () => 0.5 })
    feed.start()
    expect(await msToNext(new TaskError('rate_limited', 'slowly', { retryAfterMs: 20_000 }))).toBe(25_000)
    connections.at(-1)?.onRetry?.(10_000)
    goLive()
    expect(await msToNext()).toBe(12_500)
    goLive()
    connections.at(-1)?.onEvent({ event: 'reconnect', data: { afterMs: 2_000 } })
    expect(await msToNext()).toBe(2_500)
    feed.stop()
  })

  it('gives up a connection that brings no snapshot, and one that falls silent', async () => {
    const { feed, connections, goLive } = setUp()
    feed.start()
    await pass(7_999)
    expect(connections[0]?.signal.aborted).toBe(false)
    await pass(1)
    expect(connections[0]?.signal.aborted).toBe(true)
    await pass(2_000)
    goLive()
    for (let beat = 0; beat < 10; beat += 1) {
      await pass(30_000)
      connections.at(-1)?.onAlive?.()
    }
    expect([connections.length, feed.isLive()]).toEqual([2, true])
    await pass(37_500)
    expect(connections[1]?.signal.aborted).toBe(true)
    feed.stop()
  })

  it('tells nothing of a connection that it has given up', async () => {
    const news: unknown[] = []
    const { feed, connections, goLive } = setUp({ onNews: (entry) => news.push(entry) })
    feed.start()
    goLive()
    connections[0]?.onEvent({ event: 'tasks', data: { tasks: [] } })
    expect(news).toEqual([
      { tasks: [], isSnapshot: true },
      { tasks: [], isSnapshot: false },
    ])
    feed.stop()
    connections[0]?.end(offline)
    await pass(60_000)
    expect(connections).toHaveLength(1)
  })
})

describe('five hundred pages that are cut off in one moment', () => {
  it('come back spread over the time that the server asks for, not together', async () => {
    const pages = Array.from({ length: 500 }, (_, seed) => setUp({ seed }))
    for (const { feed, connections, goLive } of pages) {
      feed.start()
      connections[0]?.onRetry?.(10_000)
      goLive()
    }
    await pass(30_000)
    for (const { connections } of pages) connections[0]?.end(offline)
    const cutAt = Date.now()
    await pass(20_000)
    const seconds = new Map<number, number>()
    for (const { connections } of pages) {
      const second = Math.floor(((connections[1]?.at ?? Infinity) - cutAt) / 1_000)
      seconds.set(second, (seconds.get(second) ?? 0) + 1)
    }
    expect([...seconds.keys()].toSorted((a, b) => a - b)).toEqual([10, 11, 12, 13, 14])
    expect(Math.max(...seconds.values())).toBeLessThan(150)
    for (const { feed } of pages) feed.stop()
  })
})
