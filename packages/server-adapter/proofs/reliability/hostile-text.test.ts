import { createLogger, FatalTaskError, formatLogEntry, type LogEntry } from '@brandkit/core'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../../src/memory.js'
import { call, createReport, makeReport, report, sampleServer, statusOf } from '../fixtures/sample-tasks.js'

const server = sampleServer()
afterAll(() => server.stop())

describe('text that no database keeps', () => {
  it.each([
    ['a NUL', '\u0000'],
    ['half a surrogate pair', '\uD800'],
    ['the other half', '\uDC00'],
  ])('is refused in a payload, and names nothing as an id: %s', async (_, text) => {
    const named = encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/g, '\uFFFD'))
    const answers = [
      await call(server, 'POST', 'action=create', { body: { ...report, payload: { name: `a${text}b` } } }),
      await call(server, 'POST', 'action=create', { body: { ...report, brandId: text } }),
      await call(server, 'POST', 'action=cancel', { body: { taskId: text } }),
      await call(server, 'POST', 'action=cancel', { body: { batchId: text } }),
      await call(server, 'GET', `action=status&taskId=${named}`),
      await call(server, 'GET', `action=list&batchId=${named}`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 403, 404, 404, 404, 200])
    expect(answers[5]?.body).toEqual({ tasks: [], nextCursor: null })
  })
})

describe('text that would turn a line around, or begin another', () => {
  // oxlint-disable-next-line no-control-regex -- control characters are what this is for
  const DANGEROUS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/
  const hostile = 'a\u001b[31m\u202Egnp\u0007\u2028b'

  it('is shown without what makes it dangerous: in problems, titles and errors', async () => {
    const own = sampleServer(async ({ payload }) => {
      throw new FatalTaskError(`${payload.name} is no good.`)
    })
    await own.start()
    const answers = [
      await call(own, 'POST', 'action=create', { body: { ...report, type: hostile } }),
      await call(own, 'POST', 'action=create', { body: { ...report, [hostile]: 1 } }),
      await call(own, 'POST', 'action=create', { body: { ...report, payload: { name: 'May', [hostile]: 1 } } }),
      await call(own, 'GET', `action=list&${new URLSearchParams({ limit: hostile }).toString()}`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 400, 422, 400])
    const taskId = await createReport(own, { name: hostile })
    await vi.waitFor(async () => expect((await statusOf(own, taskId)).status).toBe('failed'))
    const { title, lastError } = await statusOf(own, taskId)
    expect(lastError).toContain('is no good.')
    const shown = [title, lastError, ...answers.flatMap(({ body }) => strings(body))]
    expect(shown.filter((text) => DANGEROUS.test(text ?? ''))).toEqual([])
    await own.stop()
  })
})

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

describe('what a server writes and answers', () => {
  const SECRETS = ['Bearer hunter2', 'session=hunter3', 'a secret plan', 'result-4711']

  it('holds no payload, no result and no credential in its log, and no line that a stranger forged', async () => {
    const lines: LogEntry[] = []
    const logger = createLogger({ level: 'debug', sink: (entry) => lines.push(entry) })
    const own = sampleServer(async (context) => ({ ...(await makeReport(context)), reportId: 'result-4711' }), {
      logger,
    })
    await own.start()
    const headers = { authorization: 'Bearer hunter2', cookie: 'session=hunter3' }
    const body = { ...report, payload: { name: 'a secret plan' } }
    const { taskId } = (await call(own, 'POST', 'action=create', { body, headers })).body.task
    await vi.waitFor(async () => expect((await statusOf(own, taskId)).status).toBe('completed'))
    await call(own, 'POST', 'action=create', { body: { ...body, type: '\n[API/Jobs] Forged' }, headers })
    await call(own, 'GET', 'action=%0A[API/Jobs] Forged', { headers })
    await call(own, 'GET', 'action=status&taskId=%0A[API/Jobs] Forged', { headers })
    const log = lines.map(formatLogEntry).join('\n')
    expect(log).toContain('Received request with action: create')
    for (const secret of SECRETS) expect(log).not.toContain(secret)
    expect(log).not.toContain('\n[API/Jobs] Forged')
    await own.stop()
  })

  it('quotes neither SQL nor paths nor prompts, wherever the failure is', async () => {
    const cause = new Error(
      `insert into brandkit.tasks: duplicate key, at /srv/app/store.js:12, prompt "You are a brand strategist"`,
    )
    const store = memoryStore()
    const failing = {
      ...store,
      create: () => Promise.reject(cause),
      find: () => Promise.reject(cause),
      list: () => Promise.reject(cause),
    }
    const broken = sampleServer(makeReport, { store: failing })
    const failed = [
      await call(broken, 'POST', 'action=create', { body: report }),
      await call(broken, 'GET', 'action=status&taskId=a'),
      await call(broken, 'GET', 'action=list'),
    ]
    await broken.stop()
    const own = sampleServer(() => Promise.reject(cause))
    await own.start()
    const { body } = await call(own, 'POST', 'action=create', { body: { ...report, maxRetries: 0 } })
    await vi.waitFor(async () => expect((await statusOf(own, body.task.taskId)).status).toBe('failed'))
    const task = await statusOf(own, body.task.taskId)
    await own.stop()
    expect(failed.map(({ status }) => status)).toEqual([500, 500, 500])
    for (const answer of [...failed.map((response) => response.body), task])
      expect(JSON.stringify(answer)).not.toMatch(/insert into|srv|prompt|strategist|duplicate/)
  })
})
