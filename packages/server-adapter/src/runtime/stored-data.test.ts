import {
  createBackoffPolicy,
  createLogger,
  defineTask,
  defineTasks,
  type LogEntry,
  type TaskCatalog,
  type TaskDefinition,
} from '@brandkit/core'
import type { PGlite } from '@electric-sql/pglite'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { createTaskServer, type TaskServer } from '../create-task-server.js'
import { memoryQueue, memoryStore } from '../memory.js'
import { postgresStore } from '../store/postgres/postgres-store.js'
import type { TaskStore } from '../store/task-store.js'
import { createMigratedPglite } from '../../proofs/fixtures/create-pglite.js'
import { call } from '../../proofs/fixtures/sample-tasks.js'
import type { GeneratorContext } from './running/generator.js'

let pglite: PGlite
beforeAll(async () => {
  pglite = await createMigratedPglite()
})
afterAll(() => pglite.close())

const STORES = { memory: () => memoryStore(), PGlite: () => postgresStore({ pglite }) }

const first = defineTask({
  title: ({ payload }) => `Print ${payload.n}`,
  payload: z.object({ n: z.int() }),
  steps: { draft: { title: 'Drafting', output: z.string() }, print: { title: 'Printing', output: z.int() } },
  result: z.unknown(),
})
const items = z.object({ items: z.array(z.string()), copies: z.int().default(3) })
const upgrade = (old: unknown, from: number) => ({ items: [`${String((old as { n: number }).n)} of ${from}`] })

type Work = (context: GeneratorContext<TaskDefinition>) => unknown

const statusOf = async (server: TaskServer, taskId: string) =>
  (await call(server, 'GET', `action=status&taskId=${taskId}`)).body.task

async function create(server: TaskServer, payload: unknown) {
  return call(server, 'POST', 'action=create', { body: { type: 'PRINT', brandId: 'aurora', payload } })
}

describe.each(['memory', 'PGlite'] as const)('a task that an earlier release has stored on %s', (name) => {
  let store: TaskStore
  const servers: TaskServer[] = []
  const log: LogEntry[] = []
  beforeAll(async () => {
    store = STORES[name]()
    await store.open()
  })
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()))
    log.length = 0
  })
  afterAll(() => store.close())

  /** Makes a release of the app, on a store that outlives the release. */
  function release(definition: TaskDefinition, work: Work = ({ payload }) => payload) {
    const queue = memoryQueue()
    const catalog = defineTasks<TaskCatalog>({ PRINT: definition })
    // Answers contain the stored payload, which the OpenAPI document of a later release does not describe.
    const server = createTaskServer({
      catalog,
      store: Object.create(store, {
        open: { value: async () => {} },
        close: { value: async () => {} },
      }) as TaskStore,
      queue,
      authenticate: () => ({ userId: 'ada', brandIds: '*' }),
      generators: { PRINT: work },
      backoff: createBackoffPolicy({ baseMs: 1, ceilingMs: 1 }),
      timings: { drainMs: 0 },
      logger: createLogger({ sink: (entry) => void log.push(entry) }),
    })
    servers.push(server)
    return { server, queue }
  }

  /** Creates a task under the first release and runs it under another. */
  async function runUnder(definition: TaskDefinition, work?: Work) {
    const { body } = await create(release(first).server, { n: 7 })
    return runAgain(body.task.taskId, definition, work)
  }

  async function runAgain(taskId: string, definition: TaskDefinition, work?: Work) {
    const { server, queue } = release(definition, work)
    await server.start()
    await queue.enqueue([{ taskId, priority: 0, delayMs: 0 }])
    return vi.waitUntil(async () => {
      const task = await statusOf(server, taskId)
      return task.status === 'completed' || task.status === 'failed' ? task : null
    })
  }

  it('gets the defaults that the payload has had since', async () => {
    const payload = z.object({ n: z.int(), copies: z.int().default(3) })
    expect(await runUnder({ ...first, payload })).toMatchObject({ result: { n: 7, copies: 3 } })
  })

  it('is upgraded, and what the upgrade leaves out gets its default', async () => {
    const task = await runUnder({ ...first, payload: items, version: 2, upgrade })
    expect(task).toMatchObject({ status: 'completed', result: { items: ['7 of 1'], copies: 3 }, retryCount: 0 })
  })

  it('is upgraded where it fits but is of an earlier version, and also where only the payload has changed', async () => {
    const cents = { ...first, version: 2, upgrade: (old: unknown) => ({ n: (old as { n: number }).n * 100 }) }
    expect(await runUnder(cents)).toMatchObject({ result: { n: 700 } })
    expect(await runUnder({ ...first, payload: items, upgrade })).toMatchObject({ result: { items: ['7 of 1'] } })
  })

  it.each<[string, Partial<TaskDefinition>, string]>([
    ['has no upgrade', {}, 'items: Invalid input'],
    ['cannot be upgraded', { version: 2, upgrade: () => ({ items: 7 }) }, 'items: Invalid input'],
    [
      'has an upgrade that throws',
      {
        version: 2,
        upgrade() {
          throw new RangeError('No way.')
        },
      },
      'RangeError: No way.',
    ],
    [
      'has an upgrade that promises',
      { version: 2, upgrade: () => Promise.reject(new Error('Later.')) },
      '`upgrade` gave a promise',
    ],
  ])('fails at once and in plain words when it does not fit and %s', async (_, change, reason) => {
    const work = vi.fn<Work>()
    const task = await runUnder({ ...first, payload: items, ...change }, work)
    expect(task).toMatchObject({ status: 'failed', errorCode: 'payload_outdated', retryCount: 0 })
    expect(task.lastError).toBe('This was started with an earlier version of the app and cannot go on. Start it again.')
    expect(work).not.toHaveBeenCalled()
    const line = log.find(({ message }) => message.includes('stored by version 1'))
    expect(line).toMatchObject({ level: 'error', message: expect.stringContaining(reason) })
  })

  it('runs a finished step again whose output does not fit any more, and keeps the others', async () => {
    const { server } = release(first, async ({ step, signal }) => {
      await step('draft', () => 'a page')
      await step('print', () => 1)
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    })
    await server.start()
    const { body } = await create(server, { n: 7 })
    const { taskId } = body.task
    await vi.waitFor(async () =>
      expect((await statusOf(server, taskId)).steps?.map(({ status }) => status)).toEqual(['completed', 'completed']),
    )
    await server.stop()

    const steps = { ...first.steps, draft: { title: 'Drafting', output: z.array(z.string()) } }
    const task = await runAgain(taskId, { ...first, steps, version: 2 }, async ({ step }) => [
      await step('draft', () => ['again']),
      await step('print', () => 2),
    ])
    expect(task).toMatchObject({ status: 'completed', result: [['again'], 1] })
    const lines = log.filter(({ message }) => message.includes('run again'))
    expect(lines.map(({ level }) => level)).toEqual(['warn'])
  })

  it('is upgraded when it is tried again, too, and answers 409 when it cannot be', async () => {
    const old = release(first).server
    const { body } = await create(old, { n: 7 })
    await call(old, 'POST', 'action=cancel', { body: { taskId: body.task.taskId } })
    const retry = (definition: TaskDefinition) =>
      call(release(definition).server, 'POST', 'action=retry', { body: { taskId: body.task.taskId } })

    const refused = await retry({ ...first, payload: items })
    expect(refused).toMatchObject({ status: 409, body: { code: 'payload_outdated' } })
    const { status, body: again } = await retry({ ...first, payload: items, version: 2, upgrade })
    expect(status).toBe(202)
    expect(await statusOf(old, again.task.taskId)).toMatchObject({ payload: { items: ['7 of 1'], copies: 3 } })
    expect(again.task).not.toHaveProperty('typeVersion')
  })

  it('waits for the newer release when it is of the newer one', async () => {
    const newer = { ...first, payload: items, version: 2, upgrade }
    const { body } = await create(release(newer).server, { items: ['new'] })
    const { taskId } = body.task
    const older = release(first)
    await older.server.start()
    await older.queue.enqueue([{ taskId, priority: 0, delayMs: 0 }])
    // This task is later in the queue of the same worker.
    const own = await create(older.server, { n: 7 })
    await vi.waitFor(async () => expect((await statusOf(older.server, own.body.task.taskId)).status).toBe('completed'))
    expect(await statusOf(older.server, taskId)).toMatchObject({ status: 'queued' })
    expect(await runAgain(taskId, newer)).toMatchObject({ result: { items: ['new'] } })
  })

  it.each([
    ['refuses', z.object({ n: z.string().transform(Number) })],
    ['changes', z.object({ n: z.coerce.number().transform((euros) => euros * 100) })],
  ])('cannot come from a schema that %s its own output: its create fails, and the log says why', async (_, payload) => {
    const { status, body } = await create(release({ ...first, payload }).server, { n: '7' })
    expect(status).toBe(500)
    expect(body).toMatchObject({ code: 'internal_error' })
    expect(log.some(({ message }) => message.includes('schema of PRINT cannot read its own output'))).toBe(true)
  })
})

describe('a version', () => {
  it.each([0, 1.5, NaN, Infinity, 2 ** 31])('of %s is refused when the server is made', (version) => {
    const make = () =>
      createTaskServer({
        catalog: { PRINT: { ...first, version } },
        store: memoryStore(),
        queue: memoryQueue(),
        authenticate: () => null,
        generators: {},
      })
    expect(make).toThrow('PRINT.version')
  })
})
