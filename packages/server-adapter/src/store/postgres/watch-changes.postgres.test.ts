import { startPgBouncer, type TestPgBouncer } from '@brandkit/tooling/pgbouncer'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { claimOne, newTask, ownerOf } from '../../testing/store/new-task.js'
import { describeWatching } from '../../testing/store/watching.js'
import type { TaskStore } from '../task-store.js'
import type { TaskChange } from '../task-watcher.js'
import { postgresStore } from './postgres-store.js'

let server: TestPostgres
let url: string
beforeAll(async () => {
  server = await startPostgres()
  url = await server.createDatabase()
})
afterAll(() => server.stop())

describe('watching through a pooler that delivers no notifications', () => {
  let pooler: TestPgBouncer
  let store: TaskStore
  let peer: TaskStore
  beforeAll(async () => {
    pooler = await startPgBouncer(url)
    store = postgresStore(pooler.through(url))
    await store.open()
    peer = postgresStore(url)
    await peer.open()
  })
  afterAll(async () => {
    await Promise.all([store.close(), peer.close()])
    await pooler.stop()
  })

  describeWatching(() => store)

  it('learns of a task that another process creates, runs and ends, without having heard its id', async () => {
    const input = newTask()
    const seen: TaskChange[] = []
    const stop = store.watch({
      onChanges: (changes) => seen.push(...changes),
      following: () => [],
      owners: () => [ownerOf(input)],
    })
    await peer.create({ tasks: [input] })
    await vi.waitFor(() => expect(seen).toContainEqual(expect.objectContaining({ taskId: input.taskId, version: 1 })))
    const { lease } = await claimOne(peer, input)
    const { version } = await peer.settle(lease, { status: 'completed', result: 1 })
    await vi.waitFor(() => expect(seen).toContainEqual(expect.objectContaining({ version, status: 'completed' })))
    stop()
  })
})
