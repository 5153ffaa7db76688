import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { claimOne, createOne } from '../../testing/store/new-task.js'
import { postgresStore } from './postgres-store.js'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('erasing a user on a server', () => {
  it('also removes what a worker stores while the erasure waits for its task', async () => {
    const url = await postgres.createDatabase()
    const store = postgresStore(url)
    onTestFinished(() => store.close())
    await store.open()
    const input = await createOne(store, { userId: 'ronja' })
    await claimOne(store, input)
    const worker = new Client({ connectionString: url })
    onTestFinished(() => worker.end())
    await worker.connect()

    // A checkpoint, divided into its parts: it locks the task, stores the output, and commits.
    await worker.query('begin')
    await worker.query('select from brandkit.tasks where id = $1 for update', [input.taskId])
    const { tenantId, userId } = input
    const erasing = store.eraseUser({ tenantId, userId, by: 'support', limit: 10 })
    const waiting = `select from pg_stat_activity where datname = current_database() and pg_backend_pid() = any(pg_blocking_pids(pid))`
    await expect.poll(async () => (await worker.query(waiting)).rowCount).toBe(1)
    await worker.query(`insert into brandkit.task_steps (task_id, step, output) values ($1, 'channels', '"secret"')`, [
      input.taskId,
    ])
    await worker.query('commit')

    expect(await erasing).toMatchObject({ erased: 1, cancelled: 1 })
    expect((await worker.query('select from brandkit.task_steps')).rowCount).toBe(0)
  })
})
