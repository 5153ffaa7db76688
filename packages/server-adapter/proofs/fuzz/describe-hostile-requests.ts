import { createLogger, type LogEntry } from '@brandkit/core'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../src/create-task-server.js'
import { createOpenapiDocument } from '../../src/http/openapi/create-openapi-document.js'
import type { Principal } from '../../src/principal.js'
import type { TaskStore } from '../../src/store/task-store.js'
import { takeUndocumented } from '../openapi/documented.js'
import { readAnswer } from '../fixtures/read-answer.js'
import { call, makeReport, report, sampleServer, sampleTasks } from '../fixtures/sample-tasks.js'
import { fuzzRuns } from './fuzz-runs.js'
import { type HostileRequest, hostileRequests } from './hostile-request.js'

/** No request here has to wait, so a request that takes this long hangs. */
const HANGS_AFTER_MS = 20_000

const people: Record<string, Principal> = {
  ada: { tenantId: 'acme', userId: 'ada', brandIds: '*' },
  mallory: { tenantId: 'umbrella', userId: 'mallory', brandIds: '*', role: 'operator' },
}
const USERS = Object.keys(people)
const secretOf = (user: string) => `secret-of-${user}`
const TOKEN = 'token-of-somebody'

/** Internals that an answer must never show: a stack, a path, SQL. */
const INSIDE =
  /\n\s+at |\bat \w[\w.<>]* \(|node_modules|file:\/\/|\.[cm]?[jt]s:\d|\bfrom brandkit\.|\binsert into\b|SQLSTATE/i

interface HostileRequestsOptions {
  openStore: () => Promise<TaskStore>
  /**
   * How many requests to send. `npm run test:full` sends ten times as many, newly drawn, by `FUZZ_TIMES` in the environment.
   */
  requests: number
}

/**
 * Sends drawn requests of two users of different tenants, and of unknown callers, to one running server.
 *
 * The seed is in the output; `FUZZ_SEED` draws the same requests again.
 */
export function describeHostileRequests(name: string, { openStore, requests }: HostileRequestsOptions): void {
  const { numRuns, seed } = fuzzRuns(requests)
  const known: Known = { task: [], batch: [] }
  const logged: LogEntry[] = []
  const rejections: unknown[] = []
  let granted = 0
  let server: TaskServer

  const noteRejection = (reason: unknown) => rejections.push(reason)
  beforeAll(async () => {
    process.on('unhandledRejection', noteRejection)
    server = sampleServer(makeReport, {
      store: await openStore(),
      authenticate: (request) => people[request.headers.get('x-user') ?? ''] ?? null,
      allowedOrigins: ['https://app.example'],
      logger: createLogger({ level: 'debug', sink: (entry) => logged.push(entry) }),
    })
    await server.start()
    for (const user of USERS) await createSome(user)
  })
  afterAll(async () => {
    process.off('unhandledRejection', noteRejection)
    await server.stop()
  })

  async function createSome(user: string): Promise<void> {
    const task = { ...report, payload: { name: secretOf(user) } }
    const { body } = await call(server, 'POST', 'action=create', { user, body: { tasks: [task, task, task] } })
    const { batchId, tasks } = body as unknown as { batchId: string; tasks: { taskId: string }[] }
    known.batch.push(batchId)
    known.task.push(...tasks.map(({ taskId }) => taskId))
  }

  async function check(drawn: HostileRequest): Promise<void> {
    const hangUp = new AbortController()
    const { status, text } = await bounded(async () => {
      const response = await server.handler(toRequest(drawn, known, hangUp.signal))
      return { status: response.status, text: await readAnswer(response) }
    }).finally(() => hangUp.abort())
    if (status < 300) granted += 1

    expect(status).toBeLessThan(500)
    expect(text).not.toMatch(INSIDE)
    expect(takeUndocumented()).toEqual([])
    for (const other of USERS.filter((user) => user !== drawn.user)) {
      expect(text).not.toContain(secretOf(other))
      expect(text).not.toContain(`"userId":"${other}"`)
    }
    const lines = logged.splice(0)
    expect(lines.filter(({ level }) => level === 'error')).toEqual([])
    const log = JSON.stringify(lines)
    for (const secret of [TOKEN, ...USERS.map(secretOf)]) expect(log).not.toContain(secret)
  }

  describe(`a server on ${name} under ${numRuns} hostile requests (FUZZ_SEED=${seed})`, () => {
    it(
      'answers each as documented, shows nothing of its inside or of others, and goes on working',
      async () => {
        const drawn = hostileRequests(createOpenapiDocument({ catalog: sampleTasks }), { users: USERS })
        await fc.assert(fc.asyncProperty(drawn, check), { numRuns, seed })

        // About one in ten is granted. A much lower rate means that requests are too hostile to pass validation.
        expect(granted).toBeGreaterThan(numRuns / 100)
        expect(rejections).toEqual([])
        // The prototype of all objects is unchanged.
        expect(Object.keys(Object.prototype)).toEqual([])
        for (const user of USERS) {
          const { status, body } = await call(server, 'POST', 'action=create', { user, body: report })
          expect(status).toBe(202)
          const query = `action=status&taskId=${body.task.taskId}`
          await vi.waitFor(
            async () => expect((await call(server, 'GET', query, { user })).body.task.status).toBe('completed'),
            { timeout: HANGS_AFTER_MS },
          )
        }
      },
      4 * HANGS_AFTER_MS + numRuns * 200,
    )
  })
}

/** Ids of existing tasks and batches. */
interface Known {
  task: string[]
  batch: string[]
}

function toRequest({ user, method, query, headers, body }: HostileRequest, known: Known, signal: AbortSignal): Request {
  const resolve = (text: string) =>
    text.replaceAll(/known-(task|batch)-(\d+)/g, (_, kind: keyof Known, index: string) => {
      const ids = known[kind]
      return ids[Number(index) % ids.length] ?? ''
    })
  const takesBody = method !== 'GET' && method !== 'HEAD' && body !== null
  return new Request(`http://app.test/api/jobs?${resolve(query)}`, {
    method,
    headers: { ...headers, authorization: TOKEN, cookie: TOKEN, ...(user !== null && { 'x-user': user }) },
    signal,
    ...(takesBody && { body: typeof body === 'string' ? resolve(body) : body }),
  })
}

async function bounded<T>(run: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const watchdog = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${HANGS_AFTER_MS} ms`)), HANGS_AFTER_MS)
  })
  return Promise.race([run(), watchdog]).finally(() => clearTimeout(timer))
}
