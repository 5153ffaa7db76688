import {
  createLogger,
  defineTask,
  defineTasks,
  LIMITS,
  type LogEntry,
  type TaskCatalog,
  type TaskDefinition,
} from '@brandkit/core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { createTaskServer } from '../../src/create-task-server.js'
import { memoryQueue, memoryStore } from '../../src/memory.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { ada, call, statusOf } from '../fixtures/sample-tasks.js'

const rejections: unknown[] = []
const noteRejection = (reason: unknown) => rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', noteRejection))
afterAll(() => void process.off('unhandledRejection', noteRejection))

const { keep } = keepSampleServers()
const log: LogEntry[] = []
afterEach(() => {
  log.length = 0
})

interface Schemas {
  payload?: z.ZodType
  output?: z.ZodType
  result?: z.ZodType
}

/** Creates a task of these schemas, whose step and generator return a short text. */
async function createWith(
  { payload = z.unknown(), output = z.string(), result = z.unknown() }: Schemas,
  { given = 'short', title = () => 'Print' }: { given?: unknown; title?: TaskDefinition['title'] } = {},
) {
  const steps = { draft: { title: 'Drafting', output } }
  const server = keep(
    createTaskServer({
      catalog: defineTasks<TaskCatalog>({
        PRINT: defineTask({ title, payload, steps, result, maxRetries: 0 }),
      }),
      generators: { PRINT: ({ step }) => step('draft', () => 'short') },
      store: memoryStore(),
      queue: memoryQueue(),
      authenticate: () => ada,
      logger: createLogger({ sink: (entry) => log.push(entry) }),
    }),
  )
  await server.start()
  const { status, body } = await call(server, 'POST', 'action=create', {
    body: { type: 'PRINT', brandId: 'aurora', payload: given },
  })
  return { server, status, body }
}

/** The end of a task whose create succeeded. */
async function endWith(schemas: Schemas) {
  const { server, body } = await createWith(schemas)
  return vi.waitUntil(async () => {
    const task = await statusOf(server, body.task.taskId)
    return task.completedAt ? task : undefined
  })
}

const failing = z.string().refine(async () => Promise.reject(new Error('No such host.')))
const large = z.string().transform((text) => text.padEnd(LIMITS.resultBytes + 1, 'x'))
const inLog = () => log.map(({ message }) => message).join('\n')

describe('a schema whose check is asynchronous and rejects', () => {
  it('refuses the create, tells the team why, and leaves no rejection to end the process', async () => {
    expect(await createWith({ payload: failing })).toMatchObject({ status: 500, body: { code: 'internal_error' } })
    expect(inLog()).toContain('A schema of the catalog is asynchronous')
    expect(rejections).toEqual([])
  })

  it.each(['output', 'result'])('fails the task where it stands for the %s', async (place) => {
    expect(await endWith({ [place]: failing })).toMatchObject({ status: 'failed' })
    expect(inLog()).toContain('A schema of the catalog is asynchronous')
    expect(rejections).toEqual([])
  })
})

describe('a schema that makes more of a value than it was given', () => {
  it.each(['output', 'result'])('is held to the limit of the %s', async (place) => {
    expect(await endWith({ [place]: large })).toMatchObject({ status: 'failed', errorCode: 'result_unserializable' })
  })

  it('is held to the limit of the payload, which is the caller’s to keep', async () => {
    const withDefault = z.object({ text: z.string(), tone: z.string().default('friendly and warm') })
    const given = { text: 'x'.repeat(LIMITS.payloadBytes - JSON.stringify({ text: '' }).length) }
    const answer = { status: 413, body: { code: 'payload_too_large' } }
    expect(await createWith({ payload: withDefault }, { given })).toMatchObject(answer)
    expect(await createWith({ payload: large })).toMatchObject(answer)
  })

  it.each([
    ['a Map, which JSON does not know', z.string().transform(() => new Map())],
    ['NaN', z.coerce.number().catch(Number.NaN)],
    ['a BigInt', z.unknown().transform(() => 1n)],
  ])('refuses the create, naming the task type, where it makes %s', async (_what, payload) => {
    expect(await createWith({ payload })).toMatchObject({ status: 500 })
    expect(inLog()).toContain('schema of PRINT')
  })
})

/** A title that changes the payload. */
const lastTag: TaskDefinition['title'] = ({ payload }) => String((payload as { tags: string[] }).tags.pop())

describe('a schema that changes the very object that it was given', () => {
  const counting = z.custom<{ n: number }>().transform((given) => {
    given.n += 1
    return given
  })

  it('is seen to change it: the create is refused, naming the task type', async () => {
    expect(await createWith({ payload: counting }, { given: { n: 1 } })).toMatchObject({ status: 500 })
    expect(inLog()).toContain('schema of PRINT cannot read its own output: it makes something else')
  })

  it('cannot change what is stored, and nor can a title', async () => {
    const given = { tags: ['b', 'a'] }
    const payload = z.unknown().transform((value) => {
      const copy = structuredClone(value)
      Object.assign(value as object, { tags: [] })
      return copy
    })
    for (const schema of [payload, z.unknown()]) {
      const { body } = await createWith({ payload: schema }, { given, title: lastTag })
      expect(body.task).toMatchObject({ title: 'a', payload: given })
    }
  })
})
