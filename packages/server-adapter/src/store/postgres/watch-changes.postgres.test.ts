import { startPgBouncer, type TestPgBouncer } from '@brandkit/tooling/pgbouncer'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { claimOne, createOne, newTask, ownerOf } from '../../testing/store/new-task.js'
import { describeWatching } from '../../testing/store/watching.js'
import type { Listening } from '../sql-database.js'
import type { TaskStore } from '../task-store.js'
import type { TaskChange } from '../task-watcher.js'
import { connectPostgres } from './connect-postgres.js'
import { postgresStore } from './postgres-store.js'
import { watchChanges } from './watch-changes.js'

let server: TestPostgres
let url: string
beforeAll(async () => {
  server = await startPostgres()
  url = await server.createDatabase()
})
afterAll(() => server.stop())

describe('watching over a connection that hears itself and nothing else', () => {
  it('is found out when a task moves on in silence: it says so, and asks', async () => {
    const peer = postgresStore(url)
    await peer.open()
    const connection = await connectPostgres(url)
    const deaf = {
      ...connection,
      listen: ({ onState, ...rest }: Listening) => connection.listen({ ...rest, onMessage: () => {}, onState }),
    }
    const changes = watchChanges(deaf, { checkEveryMs: 50, joiningMs: 0 })
    onTestFinished(async () => {
      await changes.close()
      await Promise.all([connection.close(), peer.close()])
    })
    const input = await createOne(peer)
    const seen: TaskChange[] = []
    const onDeaf = vi.fn<(reason: string) => void>()
    changes.watch({
      onChanges: (some) => seen.push(...some),
      following: () => [input.taskId],
      owners: () => [],
      onDeaf,
    })
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(2))
    const { lease } = await claimOne(peer, input)
    await vi.waitFor(() => expect(onDeaf).toHaveBeenCalledOnce())
    expect(onDeaf).toHaveBeenCalledWith('1 of the followed tasks moved on, and no notification of it arrived.')
    await peer.settle(lease, { status: 'completed', result: 1 })
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ status: 'completed' }))
    expect(onDeaf).toHaveBeenCalledOnce()
  })

  it('is not suspected while all is heard', async () => {
    const connection = await connectPostgres(url)
    const peer = postgresStore(url)
    await peer.open()
    const changes = watchChanges(connection, { checkEveryMs: 1_000, joiningMs: 0 })
    onTestFinished(async () => {
      await changes.close()
      await Promise.all([connection.close(), peer.close()])
    })
    const input = await createOne(peer)
    const seen: TaskChange[] = []
    const onDeaf = vi.fn<(reason: string) => void>()
    changes.watch({
      onChanges: (some) => seen.push(...some),
      following: () => [input.taskId],
      owners: () => [],
      onDeaf,
    })
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(2))
    const { lease } = await claimOne(peer, input)
    for (let progress = 1; progress <= 50; progress += 1) await peer.report(lease, { progress })
    const { version } = await peer.settle(lease, { status: 'completed', result: 1 })
    const asked = () => seen.filter((change) => change.version === version).length
    // The first question saw the change; two later questions must follow.
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(2))
    expect(onDeaf).not.toHaveBeenCalled()
  })
})

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
