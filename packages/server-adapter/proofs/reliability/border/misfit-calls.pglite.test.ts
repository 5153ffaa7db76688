import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TaskServer } from '../../../src/create-task-server.js'
import { memoryStore } from '../../../src/memory.js'
import { postgresStore } from '../../../src/store/postgres/postgres-store.js'
import type { TaskStore } from '../../../src/store/task-store.js'
import { createMigratedPglite } from '../../fixtures/create-pglite.js'
import { ada, call, report, sampleServer } from '../../fixtures/sample-tasks.js'

/** Fields of a create that a type checker would refuse, or that no store should keep. */
const MISFIT_FIELDS: Record<string, unknown[]> = {
  type: [undefined, 5, '', 't'.repeat(1_000)],
  brandId: [undefined, 5, '', 'b'.repeat(1_000)],
  priority: ['urgent', null, 1],
  maxRetries: [Number.NaN, Infinity, -1, 0.5, '2'],
  runAt: [
    'tomorrow',
    1_800_000_000_000,
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '+275760-09-13T00:00:00Z',
  ],
  surprise: [1],
}
const misfitInputs: unknown[] = [
  ...Object.entries(MISFIT_FIELDS).flatMap(([field, values]) => values.map((value) => ({ ...report, [field]: value }))),
  null,
  undefined,
  5,
  'report',
  [report],
]
const misfitOptions: unknown[] = [
  null,
  'options',
  ...['zz', 5, '', null, '0'.repeat(32), 'a'.repeat(33)].map((traceId) => ({ traceId })),
  ...[5, '', 'two words', 'ключ', null, 'k'.repeat(1_000)].map((idempotencyKey) => ({ idempotencyKey })),
]

/** Every method, called with one wrong value as its first argument. */
const VERBS = (server: TaskServer, wrong: never) => {
  const wire = server.as(ada)
  return {
    create: () => wire.create(wrong),
    createMany: () => wire.createMany(wrong),
    getStatus: () => wire.getStatus(wrong),
    getStatuses: () => wire.getStatuses(wrong),
    getBatch: () => wire.getBatch(wrong),
    cancel: () => wire.cancel(wrong),
    cancelMany: () => wire.cancelMany(wrong),
    cancelBatch: () => wire.cancelBatch(wrong),
    retry: () => wire.retry(wrong),
    delete: () => wire.delete(wrong),
    waitFor: () => wire.waitFor(wrong),
  }
}
const REFUSAL = expect.objectContaining({ name: 'TaskError', code: 'invalid_request' }) as unknown

const answer = async (ask: () => Promise<unknown>): Promise<unknown> =>
  ask().then(
    () => 'accepted',
    (error: unknown) => error,
  )

let pglite: PGlite
beforeAll(async () => {
  pglite = await createMigratedPglite()
})
afterAll(() => pglite.close())

const stores: Record<string, () => TaskStore> = {
  memory: () => memoryStore(),
  PGlite: () => postgresStore({ pglite }),
}

describe.each(Object.entries(stores))('calls that do not fit, on %s', (_name, open) => {
  let server: TaskServer
  // The server is never started: refused calls leave nothing, and accepted tasks stay queued.
  beforeAll(() => {
    server = sampleServer(undefined, { store: open() })
  })
  afterAll(() => server.stop())

  it('refuses a task that does not fit, from server code, in process and over HTTP alike', async () => {
    for (const input of misfitInputs) {
      const shown = JSON.stringify(input)
      expect([shown, await answer(() => server.tasks.create(ada, input as never))]).toEqual([shown, REFUSAL])
      expect([shown, await answer(() => server.as(ada).create(input as never))]).toEqual([shown, REFUSAL])
      if (input === undefined) continue
      const { status, body } = await call(server, 'POST', 'action=create', { body: JSON.stringify(input) })
      expect([shown, status, body['code']]).toEqual([shown, 400, 'invalid_request'])
    }
    expect(await server.stats()).toMatchObject({ queued: 0 })
  })

  it('refuses options that do not fit, at both doors of server code', async () => {
    for (const options of misfitOptions) {
      const shown = JSON.stringify(options)
      const asked = [
        () => server.tasks.create(ada, report, options as never),
        () => server.as(ada).create(report as never, options as never),
        () => server.as(ada).createMany([report as never], options as never),
      ]
      for (const ask of asked) expect([shown, await answer(ask)]).toEqual([shown, REFUSAL])
    }
    expect(await answer(() => server.as(ada).list({}, { signal: 5 } as never))).toEqual(REFUSAL)
    expect(await server.stats()).toMatchObject({ queued: 0 })
  })

  it('rejects every verb that is called with a wrong type, and the numbers of no tenant', async () => {
    for (const wrong of [undefined, null, 5, 'x'.repeat(1_000), {}, [5], [null]]) {
      for (const [verb, ask] of Object.entries(VERBS(server, wrong as never))) {
        expect([verb, wrong, await answer(ask)]).toEqual([verb, wrong, REFUSAL])
      }
    }
    for (const filter of [null, 5, 'x', [], { status: null }, { status: {} }, { status: [5] }, { brandId: 5 }]) {
      expect([filter, await answer(() => server.as(ada).list(filter as never))]).toEqual([filter, REFUSAL])
    }
    for (const options of [null, 5, { tenantId: 5 }, { tenantId: null }]) {
      expect([options, await answer(() => server.stats(options as never))]).toEqual([options, REFUSAL])
    }
  })

  it('takes what fits to the last: years 1 to 9999, fields that are undefined, and each kind of option', async () => {
    for (const runAt of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z']) {
      expect(await server.tasks.create(ada, { ...report, runAt })).toMatchObject({ status: 'queued' })
      expect(await server.as(ada).create({ ...report, runAt } as never)).toMatchObject({ status: 'queued' })
    }
    const empty = { priority: undefined, maxRetries: undefined, runAt: undefined }
    const options = { traceId: 'a'.repeat(32), idempotencyKey: 'once', transaction: undefined }
    const first = await server.tasks.create(ada, { ...report, ...empty }, options)
    expect(first).toMatchObject({ traceId: options.traceId })
    // The same request under the same key, through `server.as`.
    expect(await server.as(ada).create(report as never, { idempotencyKey: 'once' })).toMatchObject({
      taskId: first.taskId,
    })
    expect((await server.as(ada).getStatuses([first.taskId])).tasks).toHaveLength(1)
    expect((await server.as(ada).list({ status: ['queued', 'failed'] })).tasks).toHaveLength(5)
  })
})
