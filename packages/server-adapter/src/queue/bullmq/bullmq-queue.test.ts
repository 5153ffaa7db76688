import { silentLogger } from '@brandkit/core'
import { startRedis, type TestRedis } from '@brandkit/tooling/redis'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { memoryStore } from '../../store/memory-store.js'
import { describeQueueBackend } from '../../testing/queue-conformance.js'
import { deliveriesOf, idsOf } from '../../testing/queue/queue-harness.js'
import { createRecordingConsumer } from '../../testing/queue/recording-consumer.js'
import { bullmqQueue, type BullMQQueueOptions } from './bullmq-queue.js'

let redis: TestRedis

beforeAll(async () => {
  redis = await startRedis()
})

afterAll(() => redis.stop())

function openContext() {
  return { store: memoryStore(), logger: silentLogger }
}

describeQueueBackend('BullMQ on Redis', {
  create: () => bullmqQueue({ connection: redis?.url ?? 'redis://127.0.0.1:1' }),
  async prepare() {
    await redis.flushAll()
    return openContext()
  },
})

async function openQueue(options?: Pick<BullMQQueueOptions, 'commandTimeoutMs'>) {
  const queue = bullmqQueue({ connection: redis.url, ...options })
  await queue.open(openContext())
  onTestFinished(() => queue.close())
  return queue
}

/** For a Redis that a test kills. */
const QUICKLY = { commandTimeoutMs: 1_000 }

describe('bullmqQueue', () => {
  it('says in one sentence that nobody knows the host name', async () => {
    const queue = bullmqQueue({ connection: 'redis://:secret@no-such-host.invalid' })
    await expect(queue.open(openContext())).rejects.toThrow(
      /^The Redis of bullmqQueue at redis:\/\/no-such-host\.invalid cannot be found: the host name no-such-host\.invalid could not be resolved/,
    )
  })

  it('says in one sentence that nothing listens there', async () => {
    const queue = bullmqQueue({ connection: 'redis://:secret@127.0.0.1:1' })
    await expect(queue.open(openContext())).rejects.toThrow(
      'The Redis of bullmqQueue at redis://127.0.0.1:1 refused the connection: nothing listens there. Start it, or correct its host and port (ECONNREFUSED).',
    )
  })

  it.each([
    ['postgres://me:secret@db', 'needs a Redis URL such as redis://127.0.0.1:6379; its connection is something else.'],
    ['redis:secret@db', 'needs a Redis URL'],
    ['redis//:secret@db', 'needs a Redis URL'],
    ['db.example:6379', 'needs a Redis URL'],
    ['', 'needs a Redis URL'],
    ['"redis://:secret@db"', 'The connection of bullmqQueue stands in quotes'],
    [' redis://:secret@db', 'The connection of bullmqQueue has a blank'],
    ['redis://:secret@db\n', 'The connection of bullmqQueue has a blank or a line break'],
    ['redis://app:1#secret@db', 'holds a bare #'],
  ])('refuses the connection %j before it connects, without repeating what may be a password', (connection, reason) => {
    expect(() => bullmqQueue({ connection })).toThrow(reason)
    expect(() => bullmqQueue({ connection })).not.toThrow('secret')
  })

  it.each([undefined, null, 6_379, [], { connection: undefined }, { connection: null }, { connection: 6_379 }])(
    'says in one sentence what it needs when it is given %j',
    (options) => {
      expect(() => bullmqQueue(options as never)).toThrow(/^bullmqQueue needs a connection: [^\n]*\.$/)
    },
  )

  it.each([
    [{ cluster: [] }, 'brandkit', 'bullmqQueue needs the nodes of its Redis Cluster'],
    [{ cluster: ['http://node'] }, undefined, 'needs a Redis URL'],
    [{ cluster: ['redis://node'] }, 'app', 'needs braces on a Redis Cluster, such as {app}'],
  ])('refuses the cluster %j with the prefix %s before it connects', (connection, prefix, reason) => {
    expect(() => bullmqQueue({ connection, prefix })).toThrow(reason)
  })

  it('says in one sentence that no node of a cluster answers', async () => {
    const queue = bullmqQueue({ connection: { cluster: ['redis://:secret@127.0.0.1:1'] } })
    await expect(queue.open(openContext())).rejects.toThrow(
      'The Redis of bullmqQueue at redis://127.0.0.1:1 does not answer on any of its nodes. Start them, or correct their addresses.',
    )
  })

  it('wakes an idle consumer of another process long before its poll', async () => {
    await redis.flushAll()
    const publisher = await openQueue()
    const worker = bullmqQueue({ connection: redis.url, pollMs: 600_000 })
    await worker.open(openContext())
    onTestFinished(() => worker.close())
    const consumer = createRecordingConsumer()
    await worker.consume?.(consumer)

    for (const taskId of ['first', 'second', 'third']) {
      await publisher.enqueue([{ taskId, priority: 1, delayMs: 0 }])
      await expect.poll(() => consumer.delivered).toContain(taskId)
    }
  })

  it('wakes an idle consumer when a delay is over, long before its poll', async () => {
    await redis.flushAll()
    const worker = bullmqQueue({ connection: redis.url, pollMs: 600_000 })
    await worker.open(openContext())
    onTestFinished(() => worker.close())
    const consumer = createRecordingConsumer()
    await worker.consume?.(consumer)

    await worker.enqueue([
      { taskId: 'last', priority: 1, delayMs: 300 },
      { taskId: 'first', priority: 1, delayMs: 100 },
    ])

    await expect.poll(() => consumer.delivered).toEqual(['first', 'last'])
  })

  it('leaves nothing of acknowledged messages in Redis', async () => {
    await redis.flushAll()
    const queue = await openQueue()
    const consumer = createRecordingConsumer()
    await queue.consume?.(consumer)
    await queue.enqueue(deliveriesOf(idsOf(300)))
    await expect.poll(() => consumer.delivered.length).toBe(300)
    await queue.close()

    const client = new Redis(redis.url)
    onTestFinished(() => client.disconnect())
    const keys = await client.keys('brandkit:tasks:*')

    expect(keys.filter((key) => !BOOKKEEPING.has(key.slice('brandkit:tasks:'.length)))).toEqual([])
    expect(await client.xlen('brandkit:tasks:events')).toBeLessThan(1_000)
  })

  it('goes on consuming after Redis has forgotten everything', async () => {
    const queue = await openQueue()
    const consumer = createRecordingConsumer()
    await queue.consume?.(consumer)
    await queue.enqueue(deliveriesOf(['before']))
    await expect.poll(() => consumer.delivered).toEqual(['before'])

    await redis.flushAll()
    await queue.enqueue(deliveriesOf(['after']))

    await expect.poll(() => consumer.delivered).toEqual(['before', 'after'])
  })

  it('survives messages in hand that Redis forgets', async () => {
    const queue = await openQueue()
    const claim = Promise.withResolvers<void>()
    const consumer = createRecordingConsumer({ decide: () => claim.promise })
    await queue.consume?.(consumer)
    await queue.enqueue(deliveriesOf(['in-hand']))
    await expect.poll(() => consumer.delivered).toEqual(['in-hand'])

    await redis.flushAll()
    claim.resolve()
    await queue.enqueue(deliveriesOf(['after']))

    await expect.poll(() => consumer.delivered).toEqual(['in-hand', 'after'])
  })

  it('refuses to publish while Redis is away, and goes on by itself when it is back', async () => {
    const queue = await openQueue(QUICKLY)
    const consumer = createRecordingConsumer()
    await queue.consume?.(consumer)

    await redis.kill()
    await expect(queue.enqueue(deliveriesOf(['lost']))).rejects.toBeInstanceOf(Error)
    await redis.restart()
    await expect.poll(() => queue.enqueue(deliveriesOf(['kept'])).then(() => 'accepted', String)).toBe('accepted')

    await expect.poll(() => consumer.delivered).toContain('kept')
    expect(consumer.delivered).not.toContain('lost')
  })

  it('can be closed while Redis is away', async () => {
    const queue = await openQueue(QUICKLY)
    await queue.consume?.(createRecordingConsumer())
    await redis.kill()
    onTestFinished(() => redis.restart())

    await expect(queue.close()).resolves.toBeUndefined()
  })

  it('leaves no connection behind when it is closed', async () => {
    const client = new Redis(redis.url)
    onTestFinished(() => client.disconnect())
    const countConnections = async () =>
      String(await client.client('LIST'))
        .trim()
        .split('\n').length
    await expect.poll(countConnections).toBe(1)

    const queue = await openQueue()
    await queue.consume?.(createRecordingConsumer())
    expect(await countConnections()).toBeGreaterThan(1)
    await queue.close()

    await expect.poll(countConnections).toBe(1)
  })
})

/** The keys that BullMQ keeps for a queue, after any number of messages. */
const BOOKKEEPING = new Set(['id', 'meta', 'events', 'marker', 'stalled-check', 'pc'])
