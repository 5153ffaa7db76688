import { defineTask, defineTasks, silentLogger } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { bullmqQueue } from '../../src/queue/bullmq/bullmq-queue.js'
import { createTaskServer } from '../../src/create-task-server.js'
import { memoryStore } from '../../src/memory.js'
import { pgBossQueue } from '../../src/queue/pg-boss/pg-boss-queue.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { qstashQueue } from '../../src/queue/qstash/qstash-queue.js'
import { ada, call, report } from '../fixtures/sample-tasks.js'
import { configuredServer } from './configured-server.js'

/** Options as plain JavaScript, or an unchecked spread, passes them. */
type Misfit = Record<string, unknown>

const REPORT = { title: () => 'Report', payload: z.object({}), result: z.object({}), steps: {} }
const SECRETS = { token: 't', currentSigningKey: 'a', nextSigningKey: 'b', publicUrl: 'https://app.example/api/jobs' }

const serverOf = (options: Misfit) =>
  configuredServer({ catalog: defineTasks({ REPORT: defineTask(REPORT) }), ...options })
const catalogOf = (definition: Misfit) => serverOf({ catalog: { REPORT: { ...REPORT, ...definition } } })

function* never(): Generator<object> {
  yield {}
}
async function* neverAsync(): AsyncGenerator<object> {
  yield {}
}

describe('an option that is misspelt', () => {
  it.each<[option: string, make: () => unknown, meant: string]>([
    ['concurency', () => serverOf({ concurency: 5 }), 'concurrency'],
    ['authorise', () => serverOf({ authorise: () => false }), 'authorize'],
    ['timings.drain', () => serverOf({ timings: { drain: 5 } }), 'drainMs'],
    ['timings.drainMS', () => serverOf({ timings: { drainMS: 5 } }), 'drainMs'],
    ['limits.activePeruser', () => serverOf({ limits: { activePeruser: 5 } }), 'activePerUser'],
    ['tiers.free.maxpriority', () => serverOf({ tiers: { free: { maxpriority: 'low' } } }), 'maxPriority'],
    ['REPORT.timeout', () => catalogOf({ timeout: 5 }), 'timeoutMs'],
    ['REPORT.steps.a.wieght', () => catalogOf({ steps: { a: { title: 'A', output: z.null(), wieght: 2 } } }), 'weight'],
    ['pgBossQueue.pollMS', () => pgBossQueue({ pollMS: 5 } as object), 'pollMs'],
    ['bullmqQueue.pollMS', () => bullmqQueue({ connection: 'redis://127.0.0.1', pollMS: 5 } as never), 'pollMs'],
    ['qstashQueue.retrie', () => qstashQueue({ ...SECRETS, retrie: 5 } as never), 'retries'],
    ['postgresStore.migrat', () => postgresStore({ database: 'memory://', migrat: 'check' } as object), 'migrate'],
  ])('is refused as %s, with what was meant', (option, make, meant) => {
    expect(make).toThrow(TypeError)
    expect(make).toThrow(`There is no option ${option}. Did you mean ${meant}?`)
  })
})

describe('an option that there is not', () => {
  it.each<[option: string, make: () => unknown, known: string]>([
    ['authorization', () => serverOf({ authorization: () => false }), 'authorize'],
    ['timings.heartbeat', () => serverOf({ timings: { heartbeat: 5 } }), 'beatMs'],
    ['limits.createPerHour', () => serverOf({ limits: { createPerHour: 5 } }), 'createPerMinute'],
    ['tiers.free.priority', () => serverOf({ tiers: { free: { priority: 'low' } } }), 'maxPriority'],
  ])('is refused where every name is ours: %s', (option, make, known) => {
    expect(make).toThrow(`There is no option ${option}. Known options: `)
    expect(make).toThrow(known)
  })
})

describe('an option of the wrong kind', () => {
  it.each<[sentence: string, make: () => unknown]>([
    ['store is undefined; it must be an object.', () => serverOf({ store: undefined })],
    ['store is a function; it must be an object.', () => serverOf({ store: memoryStore })],
    ['store is a Promise; it must be an object.', () => serverOf({ store: Promise.resolve(memoryStore()) })],
    ['queue is null; it must be an object.', () => serverOf({ queue: null })],
    ['queue has no capabilities.', () => serverOf({ queue: {} })],
    ['catalog is undefined; it must be an object.', () => serverOf({ catalog: undefined })],
    ['generators is undefined; it must be an object.', () => serverOf({ generators: undefined })],
    ['generators is an Array; it must be an object.', () => serverOf({ generators: [] })],
    ['generators.REPORT is a string; it must be a function.', () => serverOf({ generators: { REPORT: './report' } })],
    ['generators.REPORT is null; it must be a function.', () => serverOf({ generators: { REPORT: null } })],
    ['generators.REPORT is a `function*`', () => serverOf({ generators: { REPORT: never } })],
    ['generators.REPORT is a `function*`', () => serverOf({ generators: { REPORT: neverAsync } })],
    ['authorize is an object; it must be a function.', () => serverOf({ authorize: {} })],
    ['onEvent is an Array; it must be a function.', () => serverOf({ onEvent: [] })],
    ['generators is a Map; it must be an object.', () => serverOf({ generators: new Map([['REPORT', () => ({})]]) })],
    ['tiers is a Map; it must be an object.', () => serverOf({ tiers: new Map([['free', { activePerUser: 1 }]]) })],
    ['allowedOrigins is a string; it must be an Array.', () => serverOf({ allowedOrigins: 'https://app.example' })],
    ['timings is a Date; it must be an object.', () => serverOf({ timings: new Date() })],
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
    ['logger is a string; it must be an object with the functions debug', () => serverOf({ logger: 'pino' })],
    ['REPORT is null; it must be an object.', () => serverOf({ catalog: { REPORT: null } })],
    ['REPORT.title is a string; it must be a function.', () => catalogOf({ title: 'Report' })],
    ['REPORT.upgrade is a boolean; it must be a function.', () => catalogOf({ upgrade: true })],
    ['REPORT.payload is undefined; it must be a schema of zod 4.', () => catalogOf({ payload: undefined })],
    ['REPORT.result is an object; it must be a schema of zod 4.', () => catalogOf({ result: { parse: () => ({}) } })],
    ['REPORT.steps is an Array; it must be an object.', () => catalogOf({ steps: [] })],
    ['REPORT.maxPriority is "highest"; it must be one of', () => catalogOf({ maxPriority: 'highest' })],
    [
      'REPORT.steps.a.title is undefined; it must be a string.',
      () => catalogOf({ steps: { a: { output: z.null() } } }),
    ],
    ['REPORT.steps.a.output is undefined; it must be a schema', () => catalogOf({ steps: { a: { title: 'A' } } })],
    ['pgBossQueue is null; it must be an object.', () => pgBossQueue(null as never)],
    ['qstashQueue is undefined; it must be an object.', () => qstashQueue(undefined as never)],
    [
      'postgresStore.migrate is "yes"; it must be one of auto, check.',
      () => postgresStore({ database: 'memory://', migrate: 'yes' } as never),
    ],
  ])('is refused: %s', (sentence, make) => {
    expect(make).toThrow(TypeError)
    expect(make).toThrow(sentence)
  })

  it('is also none at all', () => {
    expect(() => createTaskServer(undefined as never)).toThrow(/^createTaskServer needs `authenticate`/)
  })
})

describe('an option', () => {
  it('may stand beside names that are the app’s own', async () => {
    const fromLocalQStash = { ...SECRETS, url: 'http://127.0.0.1:8080', stop: () => {} }
    expect(() => qstashQueue(fromLocalQStash)).not.toThrow()
    const definition = { icon: 'doc', outputs: 2, steps: { a: { title: 'A', output: z.null(), outputs: 2 } } }
    expect(() => catalogOf(definition)).not.toThrow()
  })

  it('may be a method or a getter of a class', async () => {
    class Timings {
      get drainMs() {
        return 0
      }
    }
    class Generators {
      readonly name = 'reports'
      readonly #result = {}
      async REPORT() {
        return this.#result
      }
    }
    const server = serverOf({ authenticate: () => ada, timings: new Timings(), generators: new Generators() })
    await server.start()
    const { body } = await call(server, 'POST', 'action=create', { body: { ...report, type: 'REPORT', payload: {} } })
    await vi.waitFor(async () => {
      const { status } = await server.as(ada).getStatus(body.task.taskId)
      expect(status).toBe('completed')
    })
    await server.stop()
  })

  it('may be a logger that is a function', () => {
    const logger = Object.assign(() => {}, silentLogger)
    expect(() => serverOf({ logger })).not.toThrow()
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
