import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@brandkit/core'
import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeTaskStore } from '../../testing/store-conformance.js'
import { claimOne, createOne, findOne, FULL_PASS, ownerOf } from '../../testing/store/new-task.js'
import { setHostile } from '../../../proofs/fixtures/hostile-settings.js'
import type { TaskStore } from '../task-store.js'
import { describeSearchAgreement } from '../../../proofs/fixtures/search-agreement.js'
import { describeSqlStore } from '../../../proofs/fixtures/sql-store.js'
import { postgresStore } from './postgres-store.js'
import { createMigratedPglite, createPglite } from '../../../proofs/fixtures/create-pglite.js'

let pglite: PGlite
beforeAll(async () => {
  pglite = await createPglite()
  await setHostile(pglite)
})
afterAll(() => pglite.close())

describeTaskStore('postgres on PGlite, in a session with settings of its own', async () => postgresStore({ pglite }), {
  openPeer: async () => postgresStore({ pglite }),
})

describe('postgresStore on a PGlite that the app has made', () => {
  let store: TaskStore
  beforeAll(async () => {
    store = postgresStore({ pglite })
    await store.open()
  })
  afterAll(() => store.close())

  describeSqlStore({
    store: () => store,
    query: (text, parameters) => pglite.query(text, parameters),
    transaction: (work) =>
      pglite.transaction((tx) => work({ query: (text, parameters) => tx.query(text, parameters) })),
  })

  describeSearchAgreement(() => store)

  it('maintains an idle database with one statement', async () => {
    let statements = 0
    const counted = new Proxy(pglite, {
      get(target, property) {
        if (property === 'query') statements += 1
        const value: unknown = Reflect.get(target, property)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const idle = postgresStore({ pglite: counted })
    await idle.open()
    await pglite.exec('truncate brandkit.tasks cascade')
    statements = 0

    await idle.maintain(FULL_PASS)

    expect(statements).toBe(1)
    await idle.close()
  })

  it('leaves the instance open when it closes', async () => {
    const another = postgresStore({ pglite })
    await another.open()
    await another.close()
    expect(pglite.closed).toBe(false)
  })
})

// All tests of folders share one database, because a new one takes seconds. It is closed between tests.
let folder: string
let data: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brandkit-pglite-'))
  data = join(folder, 'data')
  await (await createMigratedPglite(data)).close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

// Only a session of its own keeps the frequent statements; see pglite-statements.ts.
describeTaskStore('postgres in a folder', async () => postgresStore(join(folder, 'suite')), {
  openPeer: async () => postgresStore(join(folder, 'suite')),
})

describe('postgresStore in a folder', () => {
  it('keeps tasks, and gives abandoned tasks another attempt at once', async () => {
    const first = postgresStore(data)
    await first.open()
    const interrupted = await createOne(first)
    const exhausted = await createOne(first, { maxRetries: 0 })
    await claimOne(first, interrupted)
    await claimOne(first, exhausted)
    await first.close()

    const second = postgresStore(data)
    await second.open({ logger: silentLogger, notices: { failed: ['mail'] } })
    expect(await findOne(second, interrupted)).toMatchObject({
      status: 'queued',
      attempt: 1,
      errorCode: 'worker_lost',
    })
    expect(await findOne(second, exhausted)).toMatchObject({ status: 'failed', errorCode: 'worker_lost' })
    const outcome = await second.maintain({ ...FULL_PASS, expireLeases: 'not-yet' })
    expect(outcome?.deliver.map(({ taskId }) => taskId)).toEqual([interrupted.taskId])
    const told = await second.takeNotices({ outcomes: [], targets: ['mail'], limit: 9, leaseMs: 0 })
    expect(told.map(({ task }) => task.taskId)).toEqual([exhausted.taskId])
    await second.close()
  })

  it('says in one sentence that a folder cannot be written', async () => {
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    await expect(postgresStore(join(file, 'data')).open()).rejects.toThrow(
      /^The data folder .* cannot be written\. Change its permissions/,
    )
  })

  it('opens a copy that was made of it while it was open', async () => {
    const copied = join(folder, 'copied')
    const store = postgresStore(data)
    await store.open()
    const input = await createOne(store)
    await cp(data, copied, { recursive: true })
    const copy = postgresStore(copied)
    await copy.open()
    expect(await findOne(copy, input)).toMatchObject({ status: 'queued' })
    await copy.cancel(input.taskId, ownerOf(input))
    expect(await findOne(store, input)).toMatchObject({ status: 'queued' })
    await Promise.all([store.close(), copy.close()])
  })
})

/** Loads the module again, as a bundler does for the instrumentation, for a route, and after a change. */
async function openFromAnotherBundle(place = data): Promise<TaskStore> {
  vi.resetModules()
  const bundle = await import('./postgres-store.js')
  expect(bundle.postgresStore).not.toBe(postgresStore)
  const store = bundle.postgresStore(place)
  await store.open()
  return store
}

describe('postgresStore in a folder that two copies of its module open in one process', () => {
  it('is one database, which the last of them closes', async () => {
    // The folder is still empty, so that all three stores wait while the database is made.
    const empty = join(folder, 'empty')
    const [first, second, third] = await Promise.all([
      openFromAnotherBundle(empty),
      openFromAnotherBundle(empty),
      openFromAnotherBundle(empty),
    ])
    const input = await createOne(first)
    expect(await findOne(second, input)).toMatchObject({ status: 'queued' })
    await first.close()
    await first.close()
    const { lease } = await claimOne(second, input)
    await third.beat(lease, { leaseMs: 60_000 })
    await second.close()
    expect(await readdir(empty)).toContain('brandkit.lock')
    expect(await findOne(third, input)).toMatchObject({ status: 'processing' })
    await third.close()
    expect(await readdir(empty)).not.toContain('brandkit.lock')
  })

  it('abandons nothing that runs when another copy opens it', async () => {
    const first = await openFromAnotherBundle()
    const input = await createOne(first)
    await claimOne(first, input)
    const second = await openFromAnotherBundle()
    expect(await findOne(second, input)).toMatchObject({ status: 'processing', attempt: 1 })
    await Promise.all([first.close(), second.close()])
  })

  it('is opened again while the last holder is closing it', async () => {
    const first = await openFromAnotherBundle()
    const input = await createOne(first)
    const [second] = await Promise.all([openFromAnotherBundle(), first.close()])
    expect(await findOne(second, input)).toMatchObject({ status: 'queued' })
    await second.close()
  })

  it('hears in one copy what another changes, also after a third has closed', async () => {
    const [first, second, third] = await Promise.all([
      openFromAnotherBundle(),
      openFromAnotherBundle(),
      openFromAnotherBundle(),
    ])
    const heard: string[] = []
    const watcher = { following: () => [], owners: () => [] }
    const stop = [
      first.watch({ ...watcher, onChanges: (changes) => heard.push(...changes.map(({ taskId }) => taskId)) }),
      third.watch({ ...watcher, onChanges: () => {} }),
    ]
    await third.close()
    const input = await createOne(second)
    await vi.waitFor(() => expect(heard).toContain(input.taskId))
    for (const end of stop) end()
    await Promise.all([first.close(), second.close()])
  })
})
