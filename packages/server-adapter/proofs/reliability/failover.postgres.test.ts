import { startOwnPostgres } from '@brandkit/tooling/postgres'
import { startStandby } from '@brandkit/tooling/postgres-standby'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startCuttingProxy } from '../fixtures/cutting-proxy.js'
import { pgBossQueue } from '../../src/queue/pg-boss/pg-boss-queue.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import type { TaskChange } from '../../src/store/task-watcher.js'
import { errandServer, OWNER } from './errand-process.js'
import { fenceDatabase } from './fence-database.js'

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

/** A primary and its standby, behind an address that moves from the primary to the standby. */
async function startPair() {
  const primary = await startOwnPostgres()
  cleanUps.push(() => primary.stop())
  const address = new URL(await primary.createDatabase())
  const standby = await startStandby(primary)
  cleanUps.push(() => standby.stop())
  const proxy = await startCuttingProxy({ host: '127.0.0.1', port: Number(address.port) })
  cleanUps.push(() => proxy.close())
  address.port = String(proxy.port)
  return {
    url: address.href,
    promote: () => standby.promote(),
    moveAddress: () => proxy.turnTo({ host: '127.0.0.1', port: standby.port }),
  }
}

/** Another process that only reads, so the old server keeps accepting it. */
async function watchFromOutside(url: string) {
  const store = postgresStore(url)
  await store.open()
  cleanUps.push(() => store.close())
  const completed = new Set<string>()
  const onChanges = (changes: readonly TaskChange[]) => {
    for (const { taskId, status } of changes) if (status === 'completed') completed.add(taskId)
  }
  store.watch({ onChanges, following: () => [], owners: () => [OWNER] })
  return completed
}

describe('a Postgres that fails over to its standby, and keeps the connections of the old primary open', () => {
  it('is written to again over every connection; running attempts end, and readers follow', async () => {
    const pair = await startPair()
    const goOn = Promise.withResolvers<void>()
    const generator = vi.fn(async ({ payload: { deed } }: { payload: { deed: string } }) => {
      if (deed === 'linger') await goOn.promise
      return { by: deed }
    })
    const server = errandServer(pair.url, {
      timings: { leaseMs: 30_000, beatMs: 500, maintenanceMs: 500 },
      generators: { ERRAND: generator },
    })
    cleanUps.push(() => server.stop())
    await server.start()
    const create = (deed: string) =>
      server.tasks.create(OWNER, { type: 'ERRAND', brandId: 'aurora', payload: { deed }, maxRetries: 0 })
    const { taskId } = await create('linger')
    await vi.waitFor(() => expect(generator).toHaveBeenCalledTimes(1))
    const completed = await watchFromOutside(pair.url)
    // Keeps every connection of the pool open and in use.
    const reading = new AbortController()
    const read = async () => {
      while (!reading.signal.aborted) await Promise.all([server.stats().catch(() => {}), wait(5)])
    }
    const readers = Promise.all(Array.from({ length: 12 }, read))
    cleanUps.push(() => (reading.abort(), readers))

    await pair.promote()
    await expect(create('succeed')).rejects.toMatchObject({ code: 'store_unavailable', retryable: true })
    pair.moveAddress()
    await vi.waitFor(() => create('succeed'))
    for (let count = 0; count < 20; count += 1) await create('succeed')
    goOn.resolve()
    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 22, failed: 0 }))
    // The reader may receive the other tasks later than this one.
    await vi.waitFor(() => expect(completed.size).toBe(22))
    expect(completed).toContain(taskId)
    expect(generator).toHaveBeenCalledTimes(22)
  })
})

describe('a Postgres that is read-only for a while, and keeps the connections that were dialled meanwhile', () => {
  it('runs the first task that is created afterwards without waiting for its alarm', async () => {
    const postgres = await startOwnPostgres()
    cleanUps.push(() => postgres.stop())
    const url = await postgres.createDatabase()
    const worker = errandServer(url, { queue: pgBossQueue({ pollMs: 200 }) })
    cleanUps.push(() => worker.stop())
    const queue = pgBossQueue()
    const enqueue = vi.spyOn(queue, 'enqueue')
    const front = errandServer(url, { queue })
    cleanUps.push(() => front.stop())
    await worker.start()
    const create = () => front.tasks.create(OWNER, { type: 'ERRAND', brandId: 'aurora', payload: { deed: 'succeed' } })
    await create()
    await vi.waitFor(async () => expect(await front.stats()).toMatchObject({ completed: 1 }))

    await fenceDatabase(url, 'up')
    await vi.waitFor(() => expect(create()).rejects.toMatchObject({ code: 'store_unavailable' }))
    // `health` asks for the depth of the queue, over a new connection that still allows reads.
    await vi.waitFor(async () => expect(await front.health()).toMatchObject({ parts: { queue: 'ok', worker: 'none' } }))
    await fenceDatabase(url, 'lifted')
    await create()

    // The alarm cannot help in time: it first rings after 30 seconds.
    await vi.waitFor(async () => expect(await front.stats()).toMatchObject({ completed: 2 }), { timeout: 10_000 })
    // One publication for each of the two tasks: the engine recovered by itself, and the publisher repeated nothing.
    expect(enqueue).toHaveBeenCalledTimes(2)
  })
})
