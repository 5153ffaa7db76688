import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buffer, count, setUpPage as setUp } from './network.fixture.js'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const pass = async (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('where the event stream does not work', () => {
  it('polling carries on, and the stream is tried again ever less often', async () => {
    const { server, state, page, taskId, end } = setUp()
    const tries: number[] = []
    state.events = async () => {
      tries.push(Date.now())
      return new Response('<html>', { status: 502 })
    }
    page.follow([taskId])
    await pass(3_000)
    expect(page.view.get(taskId)?.progress).toBe(10)
    await pass(3_600_000)
    expect(tries.length).toBeGreaterThan(8)
    expect(tries.length).toBeLessThan(60)
    expect(page.states).toEqual(['polling'])
    server.change(taskId, { progress: 60 })
    await pass(31_000)
    expect(page.view.get(taskId)?.progress).toBe(60)
    end()
    await pass(40_000)
    expect(page.view.get(taskId)?.status).toBe('cancelled')
    const before = tries.length + server.requests.length
    await pass(3_600_000)
    expect(tries.length + server.requests.length).toBe(before)
  })

  it('a proxy that buffers counts as one', async () => {
    const { server, state, page, taskId } = setUp()
    state.events = buffer
    page.follow([taskId])
    await pass(3_000)
    expect(count(server, 'status')).toBe(1)
    server.change(taskId, { progress: 30 })
    await pass(31_000)
    expect(page.view.get(taskId)?.progress).toBe(30)
    expect(page.states).toEqual(['polling'])

    // The proxy is mended. The page notices without a reload, and stops polling.
    state.events = server.fetch
    await pass(300_000)
    const before = count(server, 'status')
    server.change(taskId, { progress: 90 })
    await pass(1_000)
    expect(page.view.get(taskId)?.progress).toBe(90)
    expect([page.states, count(server, 'status') - before]).toEqual([['polling', 'live'], 0])
    page.close()
  })

  it('one that goes silent later is given up, after two and a half beats', async () => {
    const { server, state, page, taskId } = setUp()
    let isSilent = false
    state.events = async (request) => {
      const response = await server.fetch(request)
      const filter = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => void (isSilent || controller.enqueue(chunk)),
      })
      return new Response(response.body?.pipeThrough(filter), response)
    }
    page.follow([taskId])
    await pass(60_000)
    expect(page.states).toEqual(['polling', 'live'])
    isSilent = true
    state.events = buffer
    server.change(taskId, { progress: 40 })
    await pass(30_000)
    expect(page.view.get(taskId)?.progress).toBe(10)
    await pass(20_000)
    expect(page.view.get(taskId)?.progress).toBe(40)
    expect(page.states).toEqual(['polling', 'live', 'polling'])
    page.close()
  })

  it('a server without one is asked once', async () => {
    const { server, state, page, taskId } = setUp()
    let tries = 0
    state.events = async () => {
      tries += 1
      return Response.json({ code: 'unknown_action', detail: 'No such action.' }, { status: 400 })
    }
    page.follow([taskId])
    await pass(3_600_000)
    expect(tries).toBe(1)
    expect(count(server, 'status')).toBeGreaterThan(10)
    page.close()
  })

  it('a page that wants none opens none', async () => {
    const { server, page, taskId } = setUp({ stream: false })
    page.follow([taskId])
    await pass(60_000)
    expect([count(server, 'events'), page.view.size]).toEqual([0, 1])
    page.close()
  })
})
