import { createBackoffPolicy, defineTask, defineTasks, silentLogger } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { bullmqQueue } from '../bullmq.js'
import { createTaskServer } from '../create-task-server.js'
import { memoryQueue, memoryStore } from '../memory.js'
import { pgBossQueue } from '../pg-boss.js'
import { postgresStore } from '../postgres.js'
import { qstashQueue } from '../qstash.js'
import { ada, call, report } from '../testing/sample-tasks.js'

/** As plain JavaScript, or a spread that no compiler looks into, hands them in. */
type Misfit = Record<string, unknown>

const REPORT = { title: () => 'Report', payload: z.object({}), result: z.object({}), steps: {} }
const SECRETS = { token: 't', currentSigningKey: 'a', nextSigningKey: 'b', publicUrl: 'https://app.example/api/jobs' }

const serverOf = (options: Misfit) =>
  createTaskServer({
    catalog: defineTasks({ REPORT: defineTask(REPORT) }),
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: () => null,
    generators: {},
    logger: silentLogger,
    ...options,
  })
const catalogOf = (definition: Misfit) => serverOf({ catalog: { REPORT: { ...REPORT, ...definition } } })

function* never(): Generator<object> {
  yield {}
}
async function* neverAsync(): AsyncGenerator<object> {
  yield {}
}

describe('an option that is misspelt', () => {
  it.each<[option: string, make: () => unknown, known: string]>([
    ['drainMS', () => serverOf({ drainMS: 5 }), 'timings'],
    ['timings.drainMS', () => serverOf({ timings: { drainMS: 5 } }), 'drainMs'],
    ['limits.activePeruser', () => serverOf({ limits: { activePeruser: 5 } }), 'activePerUser'],
    ['tiers.free.maxpriority', () => serverOf({ tiers: { free: { maxpriority: 'low' } } }), 'maxPriority'],
    ['REPORT.timeout', () => catalogOf({ timeout: 5 }), 'timeoutMs'],
    ['REPORT.steps.a.wieght', () => catalogOf({ steps: { a: { title: 'A', output: z.null(), wieght: 2 } } }), 'weight'],
    ['pgBossQueue.pollMS', () => pgBossQueue({ pollMS: 5 } as object), 'pollMs'],
    ['bullmqQueue.pollMS', () => bullmqQueue({ connection: 'redis://127.0.0.1', pollMS: 5 } as never), 'pollMs'],
    ['qstashQueue.retrys', () => qstashQueue({ ...SECRETS, retrys: 5 } as never), 'retries'],
    ['postgresStore.url', () => postgresStore({ url: 'postgres://db/tasks' } as object), 'database'],
    ['baseMS', () => createBackoffPolicy({ baseMS: 5 } as object), 'baseMs'],
  ])('is refused as %s, with those that there are', (option, make, known) => {
    expect(make).toThrow(TypeError)
    expect(make).toThrow(`There is no option ${option}. Known options: `)
    expect(make).toThrow(known)
  })
})

describe('an option of the wrong kind', () => {
  it.each<[sentence: string, make: () => unknown]>([
    ['store is undefined; it must be an object.', () => serverOf({ store: undefined })],
    ['store is a function; it must be an object.', () => serverOf({ store: memoryStore })],
    ['store has no capabilities.', () => serverOf({ store: Promise.resolve(memoryStore()) })],
    ['queue is null; it must be an object.', () => serverOf({ queue: null })],
    ['queue has no capabilities.', () => serverOf({ queue: {} })],
    ['catalog is undefined; it must be an object.', () => serverOf({ catalog: undefined })],
    ['generators is undefined; it must be an object.', () => serverOf({ generators: undefined })],
    ['generators is a list; it must be an object.', () => serverOf({ generators: [] })],
    ['generators.REPORT is a string; it must be a function.', () => serverOf({ generators: { REPORT: './report' } })],
    ['generators.REPORT is null; it must be a function.', () => serverOf({ generators: { REPORT: null } })],
    ['generators.REPORT is a `function*`', () => serverOf({ generators: { REPORT: never } })],
    ['generators.REPORT is a `function*`', () => serverOf({ generators: { REPORT: neverAsync } })],
    ['authorize is an object; it must be a function.', () => serverOf({ authorize: {} })],
    ['onEvent is a list; it must be a function.', () => serverOf({ onEvent: [] })],
    ['allowedOrigins is a string; it must be a list.', () => serverOf({ allowedOrigins: 'https://app.example' })],
    ['timings is null; it must be an object.', () => serverOf({ timings: null })],
    ['limits is null; it must be an object.', () => serverOf({ limits: null })],
    ['limits.createLimiter is an object; it must be a function.', () => serverOf({ limits: { createLimiter: {} } })],
    ['tiers is null; it must be an object.', () => serverOf({ tiers: null })],
    ['tiers.free is null; it must be an object.', () => serverOf({ tiers: { free: null } })],
    [
      'tiers.free.maxPriority is "hihg"; it must be one of low, normal, high.',
      () => serverOf({ tiers: { free: { maxPriority: 'hihg' } } }),
    ],
    [
      'tiers.free.defaultPriority is a number; it must be one of',
      () => serverOf({ tiers: { free: { defaultPriority: 1 } } }),
    ],
    ['logger is a string; it must be an object.', () => serverOf({ logger: 'pino' })],
    ['REPORT is null; it must be an object.', () => serverOf({ catalog: { REPORT: null } })],
    ['REPORT.title is a string; it must be a function.', () => catalogOf({ title: 'Report' })],
    ['REPORT.upgrade is a boolean; it must be a function.', () => catalogOf({ upgrade: true })],
    ['REPORT.payload is undefined; it must be a schema of zod 4.', () => catalogOf({ payload: undefined })],
    ['REPORT.result is an object; it must be a schema of zod 4.', () => catalogOf({ result: { parse: () => ({}) } })],
    ['REPORT.steps is a list; it must be an object.', () => catalogOf({ steps: [] })],
    ['REPORT.maxPriority is "highest"; it must be one of', () => catalogOf({ maxPriority: 'highest' })],
    ['REPORT.steps.a.title is undefined; it must be a text.', () => catalogOf({ steps: { a: { output: z.null() } } })],
    ['REPORT.steps.a.output is undefined; it must be a schema', () => catalogOf({ steps: { a: { title: 'A' } } })],
    ['pgBossQueue is null; it must be an object.', () => pgBossQueue(null as never)],
    ['qstashQueue is undefined; it must be an object.', () => qstashQueue(undefined as never)],
    [
      'postgresStore.migrate is "yes"; it must be one of auto, check.',
      () => postgresStore({ database: 'memory://', migrate: 'yes' } as never),
    ],
    ['jitter is "half"; it must be one of full, none.', () => createBackoffPolicy({ jitter: 'half' } as never)],
    ['random is a number; it must be a function.', () => createBackoffPolicy({ random: 4 } as never)],
  ])('is refused: %s', (sentence, make) => {
    expect(make).toThrow(TypeError)
    expect(make).toThrow(sentence)
  })

  it('is also none at all', () => {
    expect(() => createTaskServer(undefined as never)).toThrow(/^createTaskServer needs `authenticate`/)
  })
})

describe('a generator that is undefined', () => {
  it('is none: its type answers 422', async () => {
    const server = serverOf({ authenticate: () => ada, generators: { REPORT: undefined } })
    const body = { ...report, type: 'REPORT', payload: {} }
    expect((await call(server, 'POST', 'action=create', { body })).body.code).toBe('task_type_not_served')
    await server.stop()
  })
})
