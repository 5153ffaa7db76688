import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startCuttingProxy } from '../fixtures/cutting-proxy.js'
import { memoryQueue } from '../../src/memory.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import type { TaskStore } from '../../src/store/task-store.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { errandServer, OWNER } from './errand-process.js'

let postgres: TestPostgres
const { keep } = keepSampleServers()
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('a reply that is lost when the end of a task has been stored', () => {
  it('ends the task once, and nobody runs it again', async () => {
    const database = await postgres.createDatabase()
    const address = new URL(database)
    const proxy = await startCuttingProxy({ host: address.hostname, port: Number(address.port) })
    address.port = String(proxy.port)
    const outside = postgresStore(database)
    await outside.open()
    onTestFinished(async () => {
      await outside.close()
      await proxy.close()
    })

    const store = postgresStore(address.href)
    const settle = vi.fn<TaskStore['settle']>((...input) => {
      // No other statement runs now, so the reply of this statement is the one that is lost.
      if (settle.mock.calls.length === 1) proxy.dropReplies()
      return store.settle(...input)
    })
    const generator = vi.fn(() => ({ by: 'second' }))
    const stages: string[] = []
    const server = keep(
      errandServer(address.href, {
        store: Object.create(store, { settle: { value: settle } }) as TaskStore,
        // A queue without a database.
        queue: memoryQueue(),
        timings: { maintenanceMs: 60_000 },
        generators: { ERRAND: generator },
        onEvent: ({ stage }) => void stages.push(stage),
      }),
    )
    await server.start()
    const errand = { type: 'ERRAND', brandId: 'aurora', payload: { deed: 'succeed' } }
    const { taskId } = await server.tasks.create(OWNER, errand)
    const found = async () => (await outside.find([taskId], OWNER))[0]

    await vi.waitFor(async () => expect(await found()).toMatchObject({ status: 'completed' }))
    const before = await found()
    expect(proxy.cuts).toBeGreaterThan(0)
    expect(stages).toEqual(['created', 'started'])
    proxy.heal()

    await vi.waitFor(() => expect(stages).toEqual(['created', 'started', 'completed']))
    expect(settle.mock.calls.length).toBeGreaterThan(1)
    expect(await found()).toEqual(before)
    expect(before).toMatchObject({ attempt: 1, result: { by: 'second' } })
    expect(generator).toHaveBeenCalledOnce()
  })
})
