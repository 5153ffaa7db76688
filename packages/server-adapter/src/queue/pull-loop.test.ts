import { silentLogger } from '@brandkit/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createRecordingConsumer, type RecordingConsumer } from '../testing/queue/recording-consumer.js'
import { type PullLoop, startPullLoop } from './pull-loop.js'

interface Message {
  taskId: string
}

/** An engine in an array, and a loop on it. `beforeReply` runs between a take and its answer. */
function startOn(
  consumer: RecordingConsumer,
  { beforeReply = async () => {} }: { beforeReply?: () => Promise<void> } = {},
) {
  const engine = { waiting: [] as Message[], acknowledged: [] as string[], takes: [] as number[] }
  const loop = startPullLoop<Message>({
    consumer,
    async take(limit) {
      engine.takes.push(limit)
      const taken = engine.waiting.splice(0, limit)
      await beforeReply()
      return taken
    },
    acknowledge: async ({ taskId }) => void engine.acknowledged.push(taskId),
    giveBack: async (messages) => void engine.waiting.unshift(...messages),
    logger: silentLogger,
  })
  loops.push(loop)
  return { loop, engine }
}

const loops: PullLoop[] = []

afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop()))
})

describe('startPullLoop', () => {
  it('acknowledges a message when its claim is decided, not before', async () => {
    const claim = Promise.withResolvers<void>()
    const consumer = createRecordingConsumer({ decide: () => claim.promise })
    const { loop, engine } = startOn(consumer)
    engine.waiting.push({ taskId: 'a' })
    loop.ring()
    await vi.waitFor(() => expect(consumer.delivered).toEqual(['a']))
    expect(engine.acknowledged).toEqual([])

    claim.resolve()

    await vi.waitFor(() => expect(engine.acknowledged).toEqual(['a']))
  })

  it('acknowledges a failed delivery too, since the alarm will repeat it', async () => {
    const consumer = createRecordingConsumer({ decide: () => Promise.reject(new Error('No store.')) })
    const { loop, engine } = startOn(consumer)
    engine.waiting.push({ taskId: 'a' })

    loop.ring()

    await vi.waitFor(() => expect(engine.acknowledged).toEqual(['a']))
  })

  it('asks for as many messages as there is room for', async () => {
    const consumer = createRecordingConsumer({ room: 3, runsUntil: 'told' })
    const { loop, engine } = startOn(consumer)
    engine.waiting.push(...['a', 'b', 'c', 'd'].map((taskId) => ({ taskId })))

    loop.ring()

    await vi.waitFor(() => expect(consumer.delivered).toEqual(['a', 'b', 'c']))
    expect(Math.max(...engine.takes)).toBe(3)
    expect(engine.waiting).toEqual([{ taskId: 'd' }])
  })

  it('gives back what it has no room for when the answer comes', async () => {
    const consumer = createRecordingConsumer({ room: 2, runsUntil: 'told' })
    const { engine } = startOn(consumer, {
      beforeReply: async () => {
        if (consumer.delivered.length === 0) await consumer.deliver('from elsewhere')
      },
    })
    engine.waiting.push({ taskId: 'a' }, { taskId: 'b' })

    await vi.waitFor(() => expect(consumer.delivered).toEqual(['from elsewhere', 'a']))

    expect(engine.waiting).toEqual([{ taskId: 'b' }])
    expect(consumer.overflow).toEqual([])
  })

  it('gives back what arrives while it is being stopped', async () => {
    const reply = Promise.withResolvers<void>()
    const consumer = createRecordingConsumer()
    const { loop, engine } = startOn(consumer, { beforeReply: () => reply.promise })
    engine.waiting.push({ taskId: 'a' })
    await vi.waitFor(() => expect(engine.takes).toHaveLength(1))

    const stopped = loop.stop()
    reply.resolve()
    await stopped

    expect(engine.waiting).toEqual([{ taskId: 'a' }])
    expect(consumer.delivered).toEqual([])
  })
})
