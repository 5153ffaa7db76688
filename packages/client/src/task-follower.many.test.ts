import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openPage } from './open-page.fixture.js'
import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const pass = async (ms: number) => vi.advanceTimersByTimeAsync(ms)

function createServer(count: number) {
  const server = createFakeTaskServer({ scenario: null })
  const ids = Array.from({ length: count }, () => server.seed({ status: 'processing' }).taskId)
  return { server, ids }
}

describe('a thousand followed tasks', () => {
  it('cause no status request at all while the stream is up', async () => {
    const { server, ids } = createServer(1_000)
    const page = openPage({ fetch: server.fetch })
    page.follow(ids)
    await pass(1_000)
    for (const [index, taskId] of ids.entries()) if (index % 10 === 0) server.change(taskId, { progress: 50 })
    await pass(120_000)
    expect(server.requests).toEqual(['GET events'])
    expect([...page.view.values()].filter(({ progress }) => progress === 50)).toHaveLength(100)
    page.close()
  })

  it('cause ten status requests a tick at most, and under 300 a minute, while streams are blocked', async () => {
    const { server, ids } = createServer(1_000)
    const page = openPage({
      fetch: async (resource, init) =>
        new Request(resource, init).url.includes('action=events')
          ? new Response('<html>', { status: 502 })
          : server.fetch(resource, init),
    })
    page.follow(ids)
    for (let minute = 0; minute < 2; minute += 1) {
      const before = server.requests.length
      for (let tick = 0; tick < 600; tick += 1) {
        const beforeTick = server.requests.length
        await pass(100)
        expect(server.requests.length - beforeTick).toBeLessThanOrEqual(10)
      }
      expect(server.requests.length - before).toBeGreaterThan(0)
      expect(server.requests.length - before).toBeLessThan(300)
    }
    page.close()
  })
})

describe('a hundred pages that begin to poll in one moment', () => {
  it('spread over the time of their delay, instead of asking together', async () => {
    const { server, ids } = createServer(1)
    const times: number[] = []
    const pages = Array.from({ length: 100 }, (_, seed) =>
      openPage({
        seed,
        stream: false,
        fetch: async (resource, init) => {
          times.push(Date.now())
          return server.fetch(resource, init)
        },
      }),
    )
    for (const page of pages) page.follow(ids)
    await pass(60_000)
    const start = Date.now()
    times.length = 0
    await pass(30_000)
    const seconds = Array.from(
      { length: 30 },
      (_, second) => times.filter((time) => Math.floor((time - start) / 1_000) === second).length,
    )
    // Each page polls every 15 s on average. Without jitter, all hundred would poll in the same second.
    expect(Math.max(...seconds)).toBeLessThan(30)
    expect(seconds.filter((requests) => requests > 0).length).toBeGreaterThan(25)
    for (const page of pages) page.close()
  })
})
