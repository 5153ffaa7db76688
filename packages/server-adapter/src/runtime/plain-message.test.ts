import { createLogger, LIMITS, type LogEntry, TaskError } from '@brandkit/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../memory.js'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import { call, createReport, makeReport, type ReportGenerator, statusOf } from '../../proofs/fixtures/sample-tasks.js'

const { started } = keepSampleServers()
const lines: LogEntry[] = []
const logger = createLogger({ sink: (entry) => lines.push(entry) })
const errorLog = () => lines.flatMap(({ level, message }) => (level === 'error' ? [message] : [])).join('\n')
afterEach(() => void lines.splice(0))

/** Words that only the authors of a catalog or a generator understand. */
const TEAM_TALK =
  /expected|received|invalid input|too small|catalog|JSON|surrogate|NUL|BigInt|bytes|step|result\.|postgres/i

const MISTAKES: readonly [what: string, generator: ReportGenerator, log: RegExp][] = [
  [
    'its result does not fit the catalog',
    () => ({ reportId: 'r', pages: 1.5 }),
    /result that does not fit the catalog: pages: .*expected int/,
  ],
  ['its result is too large', () => ({ reportId: 'x'.repeat(LIMITS.resultBytes), pages: 1 }), /has \d+ bytes as JSON/],
  ['its result holds a NUL', () => ({ reportId: '\u0000', pages: 1 }), /contains a NUL character/],
  [
    'the output of a step does not fit',
    async ({ step }) => ({ reportId: await step('draft', () => [3] as never).then(String), pages: 1 }),
    /Step "draft" returned something that does not fit the catalog: 0: .*expected string/,
  ],
  [
    'it names a step that is not there',
    async ({ step }) => ({ reportId: String(await step('polish' as never, () => 1)), pages: 1 }),
    /has no step "polish"/,
  ],
  [
    'its partial result is no JSON',
    async ({ partial, payload }) => {
      await partial({ id: 1n })
      return { reportId: payload.name, pages: 1 }
    },
    /The partial result cannot be written as JSON/,
  ],
]

describe('a task that fails by a mistake of its generator', () => {
  it.each(MISTAKES)('tells its owner nothing of validators, and the team everything: %s', async (_, generator, log) => {
    const server = await started(generator, { logger })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('failed'))
    const { lastError, traceId } = await statusOf(server, taskId)
    expect(lastError).toContain(traceId)
    expect(lastError?.replace(traceId, '')).not.toMatch(TEAM_TALK)
    expect(errorLog()).toMatch(log)
    expect(lines.find(({ message }) => log.test(message))?.fields).toMatchObject({ taskId, traceId })
  })
})

describe('a request that fails by the database', () => {
  it('tells its caller nothing of the server, and the team everything', async () => {
    const reason = 'The Postgres server at db.internal:5432/tasks refused the connection.'
    const list = () => Promise.reject(new TaskError('store_unavailable', reason, { retryAfterMs: 5_000 }))
    const server = await started(makeReport, { store: { ...memoryStore(), list }, logger })
    const { status, body, headers } = await call(server, 'GET', 'action=list')
    const { code, detail, traceId } = body as unknown as { code: string; detail: string; traceId: string }
    expect({ status, code, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'store_unavailable',
      retryAfter: '5',
    })
    expect(detail).toContain(traceId)
    expect(detail).not.toMatch(TEAM_TALK)
    expect(errorLog()).toContain(reason)
  })
})
