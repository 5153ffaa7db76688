import { LIMITS } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TaskScope } from '../../principal.js'
import { UnfitAnswerError } from '../../principal.schema.js'
import { adasScope as ada, memoryStreams, letPass } from '../../../proofs/fixtures/memory-streams.js'
import { recordingSink } from '../../../proofs/fixtures/recording-sink.js'
import { claimOne, newTask, times } from '../../testing/store/new-task.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('streams of one process', () => {
  it('lose nothing that changes while their snapshot is read', async () => {
    const { store, open, create } = memoryStreams()
    const early = await create()
    const read = Promise.withResolvers<void>()
    const opening = open({
      async readSnapshot() {
        const { tasks } = await store.list({ limit: 100 }, ada)
        await read.promise
        return tasks
      },
    })
    await letPass()
    const late = await create()
    await store.cancel(early.taskId, ada)
    await letPass()
    read.resolve()
    const sink = recordingSink()
    ;(await opening).attach(sink)
    await letPass()
    expect(sink.events[0]).toMatchObject({ event: 'snapshot', data: { tasks: [{ taskId: early.taskId, version: 1 }] } })
    expect(sink.view().get(early.taskId)).toMatchObject({ status: 'cancelled' })
    expect(sink.view().get(late.taskId)).toMatchObject({ status: 'queued' })
  })

  it('read a change from the store once, however many there are', async () => {
    const { open, create, find } = memoryStreams()
    const sinks = times(50, () => recordingSink())
    for (const sink of sinks) (await open()).attach(sink)
    const inputs = await Promise.all(times(20, () => create()))
    await letPass()
    for (const sink of sinks) expect(sink.view().size).toBe(inputs.length)
    expect(find).toHaveBeenCalledOnce()
  })

  it('skip versions that come too fast, and never the last', async () => {
    const { store, open, create } = memoryStreams()
    const sink = recordingSink()
    ;(await open()).attach(sink)
    const input = await create()
    const { lease } = await claimOne(store, input)
    for (let progress = 1; progress <= 90; progress += 1) {
      await store.report(lease, { progress })
      await vi.advanceTimersByTimeAsync(10)
    }
    await store.settle(lease, { status: 'completed', result: 1 })
    await letPass()
    const versions = sink.events.flatMap(({ data }) =>
      'tasks' in data ? data.tasks.map(({ version }) => version) : [],
    )
    expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    expect(versions.length).toBeLessThan(20)
    expect(sink.view().get(input.taskId)).toMatchObject({ status: 'completed', progress: 100 })
  })

  it('show an operator the whole tenant, and nothing beyond it', async () => {
    const { open, create } = memoryStreams()
    const sink = recordingSink()
    ;(await open({ scope: { reach: 'tenant', tenantId: 'acme' } })).attach(sink)
    const inside = [await create(), await create({ userId: 'linus' })]
    await create({ tenantId: 'other' })
    await letPass()
    expect([...sink.view().keys()].toSorted()).toEqual(inside.map(({ taskId }) => taskId).toSorted())
  })

  it('show a colleague what happens in a shared brand, and read it once for all who watch', async () => {
    const { open, create, find } = memoryStreams()
    const [colleague, owner] = [recordingSink(), recordingSink()]
    ;(await open({ scope: { reach: 'brand', tenantId: 'acme', brandIds: ['aurora'] } })).attach(colleague)
    ;(await open()).attach(owner)
    const shared = [await create(), await create({ userId: 'linus' })]
    await create({ brandId: 'borealis' })
    await create({ tenantId: 'other' })
    await letPass()
    expect([...colleague.view().keys()].toSorted()).toEqual(shared.map(({ taskId }) => taskId).toSorted())
    expect(owner.view().size).toBe(2)
    expect(find).toHaveBeenCalledOnce()
  })

  it('go on when what carries one of them fails', async () => {
    const { streams, open, create } = memoryStreams()
    const [broken, sound] = [recordingSink(), recordingSink()]
    for (const sink of [broken, sound]) (await open()).attach(sink)
    broken.send = () => {
      throw new Error('The socket is gone.')
    }
    const { taskId } = await create()
    await letPass()
    expect(sound.view().has(taskId)).toBe(true)
    expect(streams.size).toBe(1)
  })

  it('say nothing of a task whose content was removed', async () => {
    const { store, open, create } = memoryStreams()
    const sink = recordingSink()
    ;(await open()).attach(sink)
    const input = await create()
    await store.cancel(input.taskId, ada)
    await letPass()
    const before = sink.events.length
    await store.delete(input.taskId, ada)
    await letPass()
    expect(sink.events).toHaveLength(before)
  })
})

describe('a stream', () => {
  it('is never silent for longer than it promises', async () => {
    const { open } = memoryStreams()
    const sink = recordingSink()
    ;(await open()).attach(sink)
    for (let beats = 1; beats <= 4; beats += 1) {
      await vi.advanceTimersByTimeAsync(LIMITS.beatSeconds * 1_000)
      expect(sink.events.filter(({ event }) => event === 'beat').length).toBeGreaterThanOrEqual(beats)
    }
  })

  it('ends before the platform would end it, each at a time of its own', async () => {
    const { streams, open } = memoryStreams({ streamMs: 100_000 })
    const sinks = times(50, () => recordingSink())
    for (const sink of sinks) (await open()).attach(sink)
    const ends: number[] = []
    for (let second = 1; second <= 101; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000)
      while (ends.length < sinks.filter(({ closed }) => closed).length) ends.push(second)
    }
    expect(streams.size).toBe(0)
    expect(ends).toHaveLength(50)
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(80)
    expect(new Set(ends).size).toBeGreaterThan(5)
    for (const { events, closed } of sinks) {
      expect(closed).toBe('finished')
      expect(events.at(-1)).toMatchObject({ event: 'reconnect', data: { afterMs: expect.any(Number) as number } })
    }
  })

  it.each([
    ['its caller is signed out', null, 'unauthenticated'],
    ['its caller is somebody else by now', { ...ada, userId: 'linus' }, 'reconnect'],
    ['its caller has lost a brand', { ...ada, brandIds: ['aurora'] }, 'reconnect'],
  ] as const)('ends within a minute when %s', async (_, now, farewell) => {
    const { streams, open, create } = memoryStreams()
    let current: TaskScope | null = ada
    const sink = recordingSink()
    ;(await open({ currentScope: async () => current })).attach(sink)
    await vi.advanceTimersByTimeAsync(61_000)
    expect(sink.closed).toBe(null)
    current = now
    await vi.advanceTimersByTimeAsync(61_000)
    expect(sink.events.at(-1)?.event).toBe(farewell)
    expect(sink.closed).toBe('finished')
    expect(streams.size).toBe(0)
    // A message after the end would throw.
    await create()
    await letPass()
  })

  it('goes on while nobody can say who its caller is', async () => {
    const { open } = memoryStreams()
    const sink = recordingSink()
    ;(await open({ currentScope: () => Promise.reject(new Error('the directory is down')) })).attach(sink)
    await vi.advanceTimersByTimeAsync(130_000)
    expect(sink.closed).toBe(null)
  })

  it('ends, and its reader comes back to the reason, when what the app answers is no principal any more', async () => {
    const { open } = memoryStreams()
    const sink = recordingSink()
    const unfit = new UnfitAnswerError('authenticate gave a principal that does not fit')
    ;(await open({ currentScope: () => Promise.reject(unfit) })).attach(sink)
    await vi.advanceTimersByTimeAsync(61_000)
    expect(sink.events.at(-1)?.event).toBe('reconnect')
    expect(sink.closed).toBe('finished')
  })

  it('ends without a word where nothing carries it within a minute', async () => {
    const { streams, open } = memoryStreams()
    await open()
    await vi.advanceTimersByTimeAsync(61_000)
    expect(streams.size).toBe(0)
  })

  it('that was told to end before anything carried it says so to whatever does', async () => {
    const { streams, open } = memoryStreams()
    const stream = await open()
    streams.close()
    const sink = recordingSink()
    stream.attach(sink)
    expect(sink.events.map(({ event }) => event)).toEqual(['reconnect'])
    expect(sink.closed).toBe('finished')
  })
})

describe('a slow reader', () => {
  it('is owed the latest version of each task, and costs no more than it has room for', async () => {
    const { store, open, create } = memoryStreams()
    const sink = recordingSink()
    const stream = await open()
    stream.attach(sink)
    sink.flows = false
    const inputs = await Promise.all(times(40, () => create()))
    const leases = await Promise.all(inputs.map(async (input) => (await claimOne(store, input)).lease))
    const text = 'x'.repeat(10_000)
    for (let round = 1; round <= 20; round += 1) {
      await Promise.all(leases.map((lease) => store.report(lease, { progress: round, partialResult: { text, round } })))
      await letPass()
    }
    // 40 tasks had 20 versions of 10 kB, 8 MB in total, but the sink holds little.
    expect(sink.held).toBeLessThan(128 * 1024)

    sink.flows = true
    sink.held = 0
    stream.drain()
    await letPass()
    for (const { taskId } of inputs) {
      expect(sink.view().get(taskId)).toMatchObject({ progress: 20, partialResult: { round: 20 } })
    }
  })

  it('is let go after a minute in which it takes nothing', async () => {
    const { streams, open, create } = memoryStreams()
    const [slow, steady] = [recordingSink(), recordingSink()]
    for (const sink of [slow, steady]) (await open()).attach(sink)
    slow.held = 10_000_000
    await create()
    await letPass()
    await vi.advanceTimersByTimeAsync(55_000)
    expect(slow.closed).toBe(null)
    await vi.advanceTimersByTimeAsync(6_000)
    expect(slow.closed).toBe('dropped')
    expect(steady.closed).toBe(null)
    expect(streams.size).toBe(1)
  })

  it('is kept as long as it takes something now and then', async () => {
    const { open } = memoryStreams()
    const sink = recordingSink()
    ;(await open()).attach(sink)
    sink.held = 10_000_000
    for (let minute = 1; minute <= 4; minute += 1) {
      await vi.advanceTimersByTimeAsync(50_000)
      sink.held -= 1_000
    }
    expect(sink.closed).toBe(null)
  })

  it('that lets ten thousand tasks wait is let go, and gets a snapshot when it returns', async () => {
    const { store, open } = memoryStreams()
    const sink = recordingSink()
    ;(await open()).attach(sink)
    sink.held = 10_000_000
    await store.create({ tasks: times(10_001, () => newTask({ userId: 'ada' })) })
    await letPass()
    expect(sink.closed).toBe('dropped')
  })
})
