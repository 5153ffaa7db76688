import type { TaskJson } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { count, setUpPage as setUp } from './network.fixture.js'
import { openPage } from './open-page.fixture.js'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const pass = async (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('while the event stream is up', () => {
  it('no status is asked for, every change is seen at once, and the stream is closed at the end', async () => {
    const { server, page, taskId, end } = setUp()
    page.follow([taskId])
    await pass(10)
    expect(page.view.get(taskId)?.progress).toBe(10)
    for (const progress of [20, 50, 90]) {
      server.change(taskId, { progress })
      await pass(10)
      expect(page.view.get(taskId)?.progress).toBe(progress)
      // Longer than the time-out of a read, and longer than a backoff.
      await pass(60_000)
    }
    expect(page.follower.msUntilDue()).toBe(false)
    expect([page.follower.connection.get().state, server.openStreams()]).toEqual(['live', 1])
    end()
    await pass(10_000)
    expect(page.view.get(taskId)?.status).toBe('cancelled')
    expect([server.openStreams(), page.follower.connection.get().state]).toEqual([0, 'polling'])
    await pass(3_600_000)
    expect(server.requests).toEqual(['GET events'])
  })

  it('what to expect of a task is told too, though the task has not changed', async () => {
    const { server, page, taskId } = setUp()
    page.follow([taskId])
    await pass(10)
    const estimatedCompletion = new Date(Date.now() + 60_000).toISOString()
    server.send({ event: 'tasks', data: { tasks: [], hints: { [taskId]: { estimatedCompletion } } } })
    await pass(10)
    expect(page.hints[taskId]).toEqual({ estimatedCompletion })
    expect(server.requests).toEqual(['GET events'])
  })

  it('a task that is created meanwhile needs no read either', async () => {
    const { server, page, taskId, end } = setUp()
    page.follow([taskId])
    await pass(10)
    const second = server.seed({ status: 'queued' })
    page.follow([second.taskId])
    page.follower.receive(second)
    await pass(60_000)
    end()
    end(second.taskId)
    await pass(10_000)
    expect(page.view.get(second.taskId)?.status).toBe('cancelled')
    expect(server.requests).toEqual(['GET events'])
  })

  it('reads what the snapshot lacks, and goes on reading what the stream never tells of', async () => {
    const { server, page, taskId } = setUp()
    const old = server.seed({
      status: 'cancelled',
      completedAt: new Date(Date.now() - 3_600_000).toISOString(),
    })
    // Another user's task, which this user may read as an operator.
    const foreign = server.seed({ userId: 'linus', status: 'processing' })
    const page2 = openPage({
      fetch: async (resource, init) => {
        const request = new Request(resource, init)
        const reply = server.fetch(request)
        if (!request.url.includes('action=status')) return reply
        const body = (await (await reply).json()) as { tasks: TaskJson[]; missing: string[] }
        const read = body.missing.includes(foreign.taskId) ? [server.find(foreign.taskId)] : []
        return Response.json({
          tasks: [...body.tasks, ...read],
          missing: body.missing.filter((id) => id !== foreign.taskId),
        })
      },
    })
    page2.follow([taskId, old.taskId, foreign.taskId, 'unknown'])
    await pass(100)
    expect(page2.view.get(old.taskId)?.status).toBe('cancelled')
    expect(page2.missing).toEqual(['unknown'])
    expect(count(server, 'status')).toBe(1)
    server.change(foreign.taskId, { progress: 50 })
    await pass(60_000)
    expect(page2.view.get(foreign.taskId)?.progress).toBe(50)
    expect(page2.follower.connection.get().state).toBe('live')
    page2.close()
    page.close()
  })

  it('is not opened before anything is followed, and not closed for a component that stops and starts again', async () => {
    const { server, page, taskId } = setUp()
    await pass(60_000)
    expect(server.requests).toEqual([])
    const stop = page.follow([taskId])
    await pass(10)
    stop()
    page.follow([taskId])
    await pass(10_000)
    expect(server.requests).toEqual(['GET events'])
    page.close()
    await pass(10_000)
    expect(server.openStreams()).toBe(0)
  })

  it('is let go of while the page pauses, and nothing is asked until it wakes', async () => {
    const { server, page, taskId } = setUp()
    page.follow([taskId])
    await pass(10)
    page.follower.pause()
    expect([server.openStreams(), page.follower.msUntilDue()]).toEqual([0, false])
    server.change(taskId, { progress: 70 })
    await pass(3_600_000)
    expect(server.requests).toHaveLength(1)
    page.follower.wake()
    await pass(100)
    expect(page.view.get(taskId)?.progress).toBe(70)
    expect(server.requests).toEqual(['GET events', 'GET events'])
    page.close()
  })
})

describe('a stream that ends', () => {
  it('as planned is opened again without a read', async () => {
    const { server, page, taskId } = setUp()
    page.follow([taskId])
    await pass(10)
    server.send({ event: 'reconnect', data: { afterMs: 3_000 } })
    server.change(taskId, { progress: 80 })
    await pass(2_900)
    expect(server.openStreams()).toBe(0)
    await pass(3_000)
    expect(page.view.get(taskId)?.progress).toBe(80)
    expect(server.requests).toEqual(['GET events', 'GET events'])
    page.close()
  })

  it('by a cut is opened again, and shows what was missed', async () => {
    const { server, page, taskId } = setUp()
    page.follow([taskId])
    await pass(10)
    server.cutStreams()
    server.change(taskId, { progress: 80 })
    await pass(8_000)
    expect(page.view.get(taskId)?.progress).toBe(80)
    expect([page.states, server.openStreams()]).toEqual([['polling', 'live', 'polling', 'live'], 1])
    page.close()
  })

  it('while a task ends brings the result too, by one read, because snapshots leave it out', async () => {
    const { server, page, taskId } = setUp()
    const second = server.seed({ status: 'processing' })
    page.follow([taskId, second.taskId])
    await pass(10)
    server.cutStreams()
    const completedAt = new Date().toISOString()
    server.change(taskId, { status: 'completed', completedAt, result: { made: 'it' } as never })
    await pass(8_000)
    expect(page.view.get(taskId)).toMatchObject({ status: 'completed', result: { made: 'it' } })
    expect(server.requests).toEqual(['GET events', 'GET events', 'GET status'])
    page.close()
  })

  it('because the network is gone is told as offline, with the time of the last news', async () => {
    const { server, state, page, taskId } = setUp()
    page.follow([taskId])
    await pass(10_000)
    const heardAt = page.follower.connection.get().lastUpdatedAt ?? 0
    state.isDown = true
    server.cutStreams()
    await pass(60_000)
    expect(page.follower.connection.get().state).toBe('offline')
    expect(Math.abs((page.follower.connection.get().lastUpdatedAt ?? 0) - heardAt)).toBeLessThanOrEqual(10_000)
    expect(page.view.get(taskId)?.status).toBe('processing')
    state.isDown = false
    page.follower.wake()
    await pass(5_000)
    expect(page.states).toEqual(['polling', 'live', 'polling', 'offline', 'live'])
    page.close()
  })

  it('with nothing left to hear is not opened again', async () => {
    const { server, page, taskId } = setUp()
    page.follow([taskId])
    await pass(10)
    server.send({ event: 'end', data: {} })
    await pass(600_000)
    expect(count(server, 'events')).toBe(1)
    expect(count(server, 'status')).toBeGreaterThan(3)
    page.close()
  })

  it('while the device sleeps for eight hours is replaced at once when it wakes', async () => {
    const { server, page, taskId } = setUp()
    page.follow([taskId])
    await pass(10)
    server.change(taskId, { progress: 20 })
    // Timers stand still while a laptop sleeps; the clock does not.
    vi.setSystemTime(Date.now() + 8 * 3_600_000)
    page.follower.wake()
    await pass(10)
    expect([count(server, 'events'), server.openStreams()]).toEqual([2, 1])
    expect(page.view.get(taskId)?.progress).toBe(20)
    page.close()
  })
})
