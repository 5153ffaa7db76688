import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryStreams } from '../../../proofs/fixtures/memory-streams.js'
import { type RecordingSink, recordingSink } from '../../../proofs/fixtures/recording-sink.js'
import { claimOne, times } from '../../testing/store/new-task.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const hintsIn = ({ events }: RecordingSink) =>
  events.flatMap(({ event, data }) => ('hints' in data && data.hints ? [{ event, hints: data.hints }] : []))

describe('what to expect of a task', () => {
  it('is told with the snapshot', async () => {
    const { open, create } = memoryStreams()
    await create({ userId: 'linus', priority: 'high' })
    const { taskId } = await create()
    const sink = recordingSink()
    ;(await open()).attach(sink)
    expect(hintsIn(sink)).toEqual([{ event: 'snapshot', hints: { [taskId]: { position: 2 } } }])
  })

  it('is told soon of one that has come since', async () => {
    const { open, create } = memoryStreams()
    const sink = recordingSink()
    ;(await open()).attach(sink)
    const { taskId } = await create()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(hintsIn(sink)).toEqual([{ event: 'tasks', hints: { [taskId]: { position: 1 } } }])
  })

  it('is told again when its place in the queue moves on, though the task itself has not changed', async () => {
    const { store, open, create } = memoryStreams()
    const before = await create({ userId: 'linus', priority: 'high' })
    const { taskId } = await create()
    const sink = recordingSink()
    ;(await open()).attach(sink)
    await claimOne(store, before)
    await vi.advanceTimersByTimeAsync(7_000)
    expect(sink.events.at(-1)).toEqual({ event: 'tasks', data: { tasks: [], hints: { [taskId]: { position: 1 } } } })
  })

  it('is taken back when nobody can tell any more, and not repeated while it stays the same', async () => {
    const { store, open, create } = memoryStreams()
    const input = await create()
    const sink = recordingSink()
    ;(await open()).attach(sink)
    const { lease } = await claimOne(store, input)
    await vi.advanceTimersByTimeAsync(60_000)
    await store.settle(lease, { status: 'completed', result: 1 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(hintsIn(sink).map(({ hints }) => hints)).toEqual([
      { [input.taskId]: { position: 1 } },
      { [input.taskId]: {} },
    ])
  })

  it('is guessed once for all who watch', async () => {
    const { store, open, create } = memoryStreams()
    await create()
    const outlook = vi.spyOn(store, 'outlook')
    const sinks = times(50, () => recordingSink())
    for (const sink of sinks) (await open()).attach(sink)
    await vi.advanceTimersByTimeAsync(10_000)
    for (const sink of sinks) expect(hintsIn(sink)).toHaveLength(1)
    expect(outlook.mock.calls.length).toBeLessThanOrEqual(4)
  })
})
