import { FatalTaskError } from '@brandkit/core'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { memoryQueue } from '../../src/memory.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { call, createReport, endless, makeReport, type ReportGenerator, statusOf } from '../fixtures/sample-tasks.js'
import { runHere } from './run-bin.js'

const { started } = keepSampleServers()
let postgres: TestPostgres
let database: string
beforeAll(async () => {
  postgres = await startPostgres()
  database = await postgres.createDatabase()
})
afterAll(() => postgres.stop())

const startOn = (place: string, generator: ReportGenerator) =>
  started(generator, { store: postgresStore(place), queue: memoryQueue() })

async function inspect(taskId: string) {
  const run = await runHere(['inspect', taskId, '--json'], { DATABASE_URL: database })
  expect(run).toMatchObject({ code: 0, stderr: '' })
  return run.json()
}

const ended = (server: Awaited<ReturnType<typeof started>>, taskId: string, status: string) =>
  vi.waitFor(async () => expect(await statusOf(server, taskId)).toMatchObject({ status }))

describe('brandkit inspect', () => {
  it('prints the life of a task that was tried twice, with attempts, steps and usage, and no content', async () => {
    let tries = 0
    const server = await startOn(database, async (context) => {
      void context.usage({ model: 'gpt', inputTokens: 1_200, outputTokens: 30, cost: 0.5, currency: 'EUR' })
      const result = await makeReport(context)
      tries += 1
      if (tries === 1) throw new Error('The printer is out of paper.')
      return result
    })
    const taskId = await createReport(server, { name: 'Quarter', pages: 3 })
    await ended(server, taskId, 'completed')

    const life = await inspect(taskId)
    expect(life).toMatchObject({
      task: { taskId, status: 'completed', attempt: 2, userId: 'ada', tenantId: 'acme' },
      sizes: { payload: expect.any(Number), result: expect.any(Number), partialResult: null },
      checkpoints: [{ step: 'draft' }, { step: 'print' }],
      usage: [
        { id: '1', inputTokens: 1_200 },
        { id: '2', inputTokens: 1_200 },
      ],
    })
    expect(life.task).not.toHaveProperty('payload')
    const told = life.events.map(({ event, about, by }) => [event, about, by].filter(Boolean).join(' '))
    expect(told).toEqual(
      expect.arrayContaining([
        'created ada',
        'attempt started 1',
        'step completed draft',
        'attempt started 2',
        'completed',
      ]),
    )
    expect(told[0]).toBe('created ada')
    expect(told.at(-1)).toBe('completed')
    expect(life.events.map(({ at }) => at)).toEqual(life.events.map(({ at }) => at).toSorted())

    const { stdout } = await runHere(['inspect', taskId, '--database', database])
    expect(stdout).toContain('completed, 100 %, attempt 2 of at most 3')
    expect(stdout).toMatch(/^ {2}✓ Drafting \(.*draft\)$/m)
    expect(stdout).toContain('attempt 2: 1,200 tokens in, 30 out, 0.5 EUR')
    expect(stdout).toContain('(not shown)')
  })

  it('says who cancelled, retried and deleted', async () => {
    const server = await startOn(database, endless)
    const taskId = await createReport(server)
    await ended(server, taskId, 'processing')
    await call(server, 'POST', 'action=cancel', { user: 'grace', body: { taskId } })
    const { body } = await call(server, 'POST', 'action=retry', { body: { taskId } })
    const retry = body.task.taskId

    const { events, audit, retries } = await inspect(taskId)
    expect(events.at(-1)).toMatchObject({ event: 'retried', by: 'ada' })
    expect(events).toContainEqual(expect.objectContaining({ event: 'cancelled', by: 'grace' }))
    expect(audit).toMatchObject([{ action: 'cancel', by: 'grace' }])
    expect(retries).toMatchObject([{ taskId: retry, by: 'ada' }])
    expect((await inspect(retry)).events[0]).toMatchObject({ event: 'created', by: 'ada', about: `retry of ${taskId}` })

    await call(server, 'POST', 'action=delete', { body: { taskId } })
    const emptied = await inspect(taskId)
    expect(
      emptied.events
        .slice(-2)
        .map(({ event }) => event)
        .toSorted(),
    ).toEqual(['delete asked for', 'emptied'])
    expect(emptied.sizes).toMatchObject({ payload: null })
  })

  it('says why a task failed, and what a queued one waits for', async () => {
    const server = await startOn(database, () => Promise.reject(new FatalTaskError('Too few pages.')))
    const taskId = await createReport(server)
    await ended(server, taskId, 'failed')
    const { stdout } = await runHere(['inspect', taskId], { DATABASE_URL: database })
    expect(stdout).toContain('Too few pages.')
    await server.stop()

    const later = new Date(Date.now() + 3_600_000).toISOString()
    const web = await startOn(database, makeReport)
    const { body } = await call(web, 'POST', 'action=create', {
      body: { type: 'MAKE_REPORT', brandId: 'aurora', payload: { name: 'Later' }, runAt: later },
    })
    const waiting = await inspect(body.task.taskId)
    expect(waiting.times).toMatchObject({ redeliverAt: expect.any(String), expiresAt: expect.any(String) })
    expect(waiting.events.at(-1)).toMatchObject({ event: 'due', at: later })

    // The program is also for rows that another writer has left: nothing in them controls the terminal.
    const client = new Client({ connectionString: database })
    await client.connect()
    await client.query(`update brandkit.tasks set title = E'Later \\x1b[31mred' where id = $1`, [body.task.taskId])
    await client.end()
    const odd = await runHere(['inspect', body.task.taskId], { DATABASE_URL: database })
    expect(odd.stdout).toMatch(/^Later {2}\[31mred /)
  })

  it('says that there is no such task, or no schema', async () => {
    await startOn(database, makeReport)
    const none = await runHere(['inspect', 'nobody', '--json'], { DATABASE_URL: database })
    expect(none.code).toBe(1)
    expect(none.json()).toMatchObject({
      ok: false,
      error: { code: 'task_not_found', message: expect.stringContaining('"nobody"') },
    })
    const bare = await runHere(['inspect', 'nobody'], { DATABASE_URL: await postgres.createDatabase() })
    expect(bare).toMatchObject({ code: 1, stderr: expect.stringContaining('run npx @brandkit/server-adapter migrate') })
  })
})
