import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { claimOne, createOne, newTask, ownerOf, times } from '../../testing/store/new-task.js'
import type { TaskStore } from '../task-store.js'
import type { TaskChange } from '../task-watcher.js'
import { connectPostgres } from './connect-postgres.js'
import type * as Listeners from './listeners.js'
import { CHANNEL } from './notify.js'
import { watchChanges } from './watch-changes.js'

const NEVER_MS = 3_600_000

let postgres: TestPostgres
let url: string
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())
beforeEach(async () => {
  url = await postgres.createDatabase()
})

async function openStore(): Promise<TaskStore> {
  const { postgresStore } = await import('./postgres-store.js')
  const store = postgresStore(url)
  onTestFinished(() => store.close())
  await store.open()
  return store
}

async function connectClient(): Promise<Client> {
  const client = new Client({ connectionString: url })
  onTestFinished(() => client.end())
  await client.connect()
  return client
}

/** A session that hears notifications and is no listener of ours. */
async function overhear() {
  const client = await connectClient()
  const messages: string[] = []
  client.on('notification', ({ payload = '' }) => void (payload.startsWith('[') && messages.push(payload)))
  await client.query(`listen ${CHANNEL}`)
  return {
    /** What was notified before now. */
    async heard() {
      await client.query('select 1')
      return messages.join()
    },
    listeners: async () => (await client.query('select process from brandkit.listeners')).rows.length,
    forget: () => client.query('delete from brandkit.listeners'),
  }
}

function watch(watched: Pick<TaskStore, 'watch'>, ids: Iterable<string> = []) {
  const seen: TaskChange[] = []
  watched.watch({ onChanges: (changes) => seen.push(...changes), following: () => ids, owners: () => [] })
  return seen
}

/** Watches as a store does, and asks only while it joins. */
async function joinIn(ids: Iterable<string> = []) {
  const connection = await connectPostgres(url)
  const changes = watchChanges(connection, { checkEveryMs: NEVER_MS })
  onTestFinished(async () => {
    await changes.close()
    await connection.close()
  })
  return watch(changes, ids)
}

describe('a process whose changes no other process hears', () => {
  it('is silent, and tells its own watchers of each change', async () => {
    const store = await openStore()
    const { heard, listeners } = await overhear()
    const seen = watch(store)
    await expect.poll(listeners).toBe(1)
    const input = await createOne(store)
    const { lease } = await claimOne(store, input)
    await store.beat(lease, { leaseMs: 60_000 })
    await store.report(lease, { progress: 10 })
    await store.settle(lease, { status: 'completed', result: 1 })
    await store.delete(input.taskId, ownerOf(input))
    const cancelled = await createOne(store)
    await store.cancel(cancelled.taskId, ownerOf(cancelled))

    expect(seen.map(({ taskId, version }) => [taskId, version])).toEqual([
      ...[1, 2, 3, 4, 5].map((version) => [input.taskId, version]),
      [cancelled.taskId, 1],
      [cancelled.taskId, 2],
    ])
    expect(seen[0]).toEqual({
      taskId: input.taskId,
      tenantId: input.tenantId,
      userId: input.userId,
      version: 1,
      status: 'queued',
      epoch: 0,
    })
    expect(await heard()).toBe('')
  })

  it('notifies what an app commits in its own transaction, because nobody knows for how long it runs', async () => {
    const store = await openStore()
    const { heard } = await overhear()
    const app = await connectClient()
    const input = newTask()
    await app.query('begin')
    await store.create({ tasks: [input], transaction: app })
    await app.query('commit')
    await expect.poll(heard).toContain(input.taskId)
  })
})

/** A store whose changes another one hears. */
async function openHeard() {
  const store = await openStore()
  const ears = await overhear()
  const peer = await openStore()
  const seen = watch(peer)
  await expect.poll(ears.listeners).toBe(1)
  return { store, peer, seen, ...ears }
}

describe('a process that another one hears', () => {
  it('notifies until the other one closes', async () => {
    const { store, peer, seen, heard, listeners } = await openHeard()
    const input = await createOne(store)
    await vi.waitFor(() => expect(seen).toContainEqual(expect.objectContaining({ taskId: input.taskId })))
    expect(await heard()).toContain(input.taskId)
    await peer.close()
    expect(await listeners()).toBe(0)
    const silent = await createOne(store)
    expect(await heard()).not.toContain(silent.taskId)
  })

  it('is told apart from one that is silent although another one hears', async () => {
    vi.resetModules()
    vi.doMock('./listeners.js', async (original) => {
      const { sql } = await import('kysely')
      return { ...(await original<typeof Listeners>()), isHeardElsewhere: () => sql`false` }
    })
    onTestFinished(() => {
      vi.doUnmock('./listeners.js')
      vi.resetModules()
    })
    const { store, heard } = await openHeard()
    const input = await createOne(store)
    expect(await heard()).not.toContain(input.taskId)
  })

  it('hears one that joins while it writes, also of statements that began before', async () => {
    const store = await openStore()
    const { listeners } = await overhear()
    const [held, ...others] = await Promise.all(times(20, () => createOne(store)))
    const blocker = await connectClient()
    await blocker.query('begin')
    await blocker.query('select from brandkit.tasks where id = $1 for update', [held!.taskId])
    // This statement sees no listener, and ends after the listener has asked.
    const cancelling = store.cancel(held!.taskId, ownerOf(held!))
    await expect
      .poll(async () => (await blocker.query(`select from pg_locks where not granted`)).rowCount)
      .toBeGreaterThan(0)
    const seen = await joinIn([held!.taskId])
    await expect.poll(() => seen.length).toBeGreaterThan(1)
    expect(await listeners()).toBe(1)

    await blocker.query('commit')
    await cancelling
    await vi.waitFor(() => expect(seen).toContainEqual(expect.objectContaining({ status: 'cancelled' })))
    await Promise.all(others.map((task) => store.cancel(task.taskId, ownerOf(task))))
    await vi.waitFor(() => expect(new Set(seen.map(({ taskId }) => taskId)).size).toBe(20))
  })

  it('is heard again by one whose row was taken away', async () => {
    const store = await openStore()
    const { listeners, forget } = await overhear()
    const connection = await connectPostgres(url)
    onTestFinished(() => connection.close())
    const states: string[] = []
    const heard: string[] = []
    const stop = connection.listen({
      channel: CHANNEL,
      onMessage: (message) => heard.push(message),
      onState: (state, reason) => states.push(reason ?? state),
      checkEveryMs: 20,
    })
    onTestFinished(stop)
    await expect.poll(() => states).toEqual(['live'])
    await forget()
    await expect.poll(() => states.at(1)).toContain('took this one for dead')
    await expect.poll(() => states.at(-1)).toBe('live')
    expect(await listeners()).toBe(1)
    const input = await createOne(store)
    await expect.poll(() => heard.join()).toContain(input.taskId)
  })
})

describe('a database of the previous release', () => {
  it('is notified of every change, because its processes listen without a row', async () => {
    const client = await connectClient()
    await openStore()
    await client.query(`delete from brandkit.migrations where name = 'listeners'`)
    await client.query(`drop table brandkit.listeners`)
    const store = await openStore()
    const { heard } = await overhear()
    const input = await createOne(store)
    await expect.poll(heard).toContain(input.taskId)
  })
})
