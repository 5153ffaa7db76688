import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { isTaskError } from '@brandkit/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import type { TaskStore } from '../../src/store/task-store.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { errandServer, OWNER } from './errand-process.js'

/** Maintenance runs much more often than beats: it expires leases as early as it may after an outage. */
const TIMINGS = { leaseMs: 1_200, beatMs: 200, maintenanceMs: 20 }

let postgres: TestPostgres
const { keep } = keepSampleServers()
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

/** A store that counts its calls that failed with the database. */
function countRefusals(store: TaskStore) {
  const refused = { beat: 0, settle: 0 }
  const counting =
    (method: 'beat' | 'settle') =>
    (...input: unknown[]) =>
      (store[method] as (...input: unknown[]) => Promise<unknown>)(...input).catch((error: unknown) => {
        if (isTaskError(error) && error.code === 'store_unavailable') refused[method] += 1
        throw error
      })
  // A getter stays a getter, because the database exists only once the store is open.
  const counted = Object.create(store, {
    beat: { value: counting('beat') },
    settle: { value: counting('settle') },
  }) as TaskStore
  return { store: counted, refused }
}

describe('a Postgres that is down for more than two leases', () => {
  it('costs no attempt: what had just ended is recorded when it is back, and what runs goes on', async () => {
    const database = await postgres.createDatabase()
    const { store, refused } = countRefusals(postgresStore(database))
    const maintain = vi.spyOn(store, 'maintain')
    const goOn = Promise.withResolvers<void>()
    const isDown = Promise.withResolvers<void>()
    const stages: string[] = []
    const generator = vi.fn(async ({ payload: { deed } }: { payload: { deed: string } }) => {
      await (deed === 'linger' ? goOn.promise : isDown.promise)
      return { by: deed }
    })
    const server = keep(
      errandServer(database, {
        store,
        timings: TIMINGS,
        generators: { ERRAND: generator },
        onEvent: ({ stage }) => void stages.push(stage),
      }),
    )
    await server.start()
    const create = (deed: string) =>
      server.tasks.create(OWNER, { type: 'ERRAND', brandId: 'aurora', payload: { deed }, maxRetries: 0 })
    await create('succeed')
    await create('linger')
    await vi.waitFor(() => expect(generator).toHaveBeenCalledTimes(2))

    await postgres.kill()
    isDown.resolve()
    // At least as many beats of the lingering task as fit into two leases.
    const beats = 2 * (2 * (TIMINGS.leaseMs / TIMINGS.beatMs) + 1)
    await vi.waitFor(() => expect(refused.beat).toBeGreaterThanOrEqual(beats))
    expect(refused.settle).toBeGreaterThan(1)
    expect(stages.filter((stage) => stage !== 'created')).toEqual(['started', 'started'])
    await postgres.restart()

    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 1, processing: 1 }))
    // A lease without beats would have expired by then.
    maintain.mockClear()
    await vi.waitFor(() =>
      expect(maintain.mock.calls.filter(([{ expireLeases }]) => expireLeases === 'yes').length).toBeGreaterThan(1),
    )
    goOn.resolve()
    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 2, failed: 0 }))
    expect(generator).toHaveBeenCalledTimes(2)
    // The event comes after the commit that `stats` has seen.
    await vi.waitFor(() => expect(stages.filter((stage) => stage === 'completed')).toHaveLength(2))
  })
})
