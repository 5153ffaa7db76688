import type { PGlite } from '@electric-sql/pglite'
import { silentLogger } from '@brandkit/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { memoryStore } from '../../store/memory-store.js'
import { describeQueueBackend } from '../../testing/queue-conformance.js'
import { createRecordingConsumer } from '../../testing/queue/recording-consumer.js'
import { pgBossQueue } from './pg-boss-queue.js'
import { createPglite } from '../../../proofs/fixtures/create-pglite.js'

let pglite: PGlite

beforeAll(async () => {
  pglite = await createPglite()
})

afterAll(async () => {
  await pglite.close()
})

/** A queue uses only its store's database. */
function contextOn(database: object) {
  return { store: { ...memoryStore(), database: { kind: 'pglite', pglite: database } as const }, logger: silentLogger }
}

async function emptyQueue() {
  await pglite.exec(`do $$ begin
    if to_regclass('brandkit_queue.job') is not null then delete from brandkit_queue.job; end if;
  end $$`)
}

describeQueueBackend('pg-boss on PGlite', {
  create: () => pgBossQueue(),
  async prepare() {
    await emptyQueue()
    return contextOn(pglite)
  },
})

describe('pgBossQueue on PGlite', () => {
  beforeEach(emptyQueue)

  it('says which store it needs', async () => {
    await expect(pgBossQueue().open({ store: memoryStore(), logger: silentLogger })).rejects.toThrow(
      'pgBossQueue needs a store on Postgres or PGlite: use postgresStore(…), or memoryQueue() with memoryStore().',
    )
  })

  it('wakes an idle consumer of its own process without waiting for the poll', async () => {
    const queue = pgBossQueue({ pollMs: 600_000 })
    const consumer = createRecordingConsumer()
    await queue.open(contextOn(pglite))
    await queue.consume?.(consumer)
    await queue.enqueue([{ taskId: 'first', priority: 1, delayMs: 0 }])
    await expect.poll(() => consumer.delivered).toEqual(['first'])

    await queue.enqueue([{ taskId: 'second', priority: 1, delayMs: 0 }])

    await expect.poll(() => consumer.delivered).toEqual(['first', 'second'])
    await queue.close()
  })

  it('goes on consuming after the database was away for a while', async () => {
    let isAway = false
    let refused = 0
    const flaky = new Proxy(pglite, {
      get(target, property) {
        if (isAway && (property === 'query' || property === 'exec')) {
          refused += 1
          throw new Error('The database is away.')
        }
        const value: unknown = Reflect.get(target, property)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const queue = pgBossQueue({ pollMs: 10 })
    const consumer = createRecordingConsumer()
    await queue.open(contextOn(flaky))
    await queue.consume?.(consumer)

    isAway = true
    await expect(queue.enqueue([{ taskId: 'refused', priority: 1, delayMs: 0 }])).rejects.toThrow('away')
    await expect.poll(() => refused).toBeGreaterThan(3)
    isAway = false
    await queue.enqueue([{ taskId: 'accepted', priority: 1, delayMs: 0 }])

    await expect.poll(() => consumer.delivered).toEqual(['accepted'])
    await queue.close()
  })

  it('keeps no rows of acknowledged messages', async () => {
    const queue = pgBossQueue()
    const consumer = createRecordingConsumer()
    await queue.open(contextOn(pglite))
    await queue.consume?.(consumer)
    await queue.enqueue(['a', 'b', 'c'].map((taskId) => ({ taskId, priority: 1, delayMs: 0 })))
    await expect.poll(() => consumer.delivered.length).toBe(3)
    await queue.close()

    const { rows } = await pglite.query('select id from brandkit_queue.job')

    expect(rows).toEqual([])
  })

  it('leaves the database of the store open', async () => {
    const queue = pgBossQueue()
    await queue.open(contextOn(pglite))
    await queue.close()

    expect(pglite.closed).toBe(false)
  })
})
