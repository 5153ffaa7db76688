import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeTaskStore } from '../../testing/store-conformance.js'
import { claimOne, createOne, findOne, FULL_PASS } from '../../testing/store/new-task.js'
import type { TaskStore } from '../task-store.js'
import { describeSqlStore } from '../../testing/store/sql-store.js'
import { postgresStore } from './postgres-store.js'

let pglite: PGlite
beforeAll(async () => {
  pglite = await PGlite.create('memory://')
})
afterAll(() => pglite.close())

describeTaskStore('postgres on PGlite', async () => postgresStore({ pglite }), {
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

  it('leaves the instance open when it closes', async () => {
    const another = postgresStore({ pglite })
    await another.open()
    await another.close()
    expect(pglite.closed).toBe(false)
  })
})

describe('postgresStore in a folder', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'brandkit-pglite-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('keeps tasks, refuses a second opener, and gives abandoned tasks another attempt at once', async () => {
    const first = postgresStore(folder)
    await first.open()
    const interrupted = await createOne(first)
    const exhausted = await createOne(first, { maxRetries: 0 })
    await claimOne(first, interrupted)
    await claimOne(first, exhausted)
    await expect(postgresStore(folder).open()).rejects.toThrow(
      `The data folder ${folder} is already open in process ${process.pid}.`,
    )
    await first.close()

    const second = postgresStore(folder)
    await second.open()
    expect(await findOne(second, interrupted)).toMatchObject({
      status: 'queued',
      attempt: 1,
      errorCode: 'worker_lost',
    })
    expect(await findOne(second, exhausted)).toMatchObject({ status: 'failed', errorCode: 'worker_lost' })
    const outcome = await second.maintain({ ...FULL_PASS, expireLeases: 'not-yet' })
    expect(outcome?.deliver.map(({ taskId }) => taskId)).toEqual([interrupted.taskId])
    await second.close()
  })

  it('says in one sentence that a folder cannot be written', async () => {
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    await expect(postgresStore(join(file, 'data')).open()).rejects.toThrow(
      /^The data folder .* cannot be written\. Change its permissions/,
    )
  })
})
