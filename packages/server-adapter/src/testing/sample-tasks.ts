import { createBackoffPolicy, defineTask, defineTasks, silentLogger, type TaskJson } from '@brandkit/core'
import * as z from 'zod'
import type { TaskServer } from '../create-task-server.js'
import type { TaskServerOptions } from '../task-server-options.js'
import { memoryQueue, memoryStore } from '../memory.js'
import type { Principal } from '../principal.js'
import { createDocumentedServer } from './openapi/documented.js'

/** A small catalog for tests: a report that is drafted and printed. */
export const sampleTasks = defineTasks({
  MAKE_REPORT: defineTask({
    title: ({ payload }) => `Report: ${payload.name}`,
    payload: z.strictObject({ name: z.string().trim().min(1).max(100), pages: z.int().min(1).default(2) }),
    steps: {
      draft: { title: 'Drafting', output: z.array(z.string()) },
      print: { title: 'Printing', weight: 3, output: z.int() },
    },
    result: z.object({ reportId: z.string(), pages: z.int() }),
    maxRetries: 2,
  }),
  UNSERVED: defineTask({ title: () => 'Nobody', payload: z.object({}), steps: {}, result: z.object({}) }),
})
export type SampleTasks = typeof sampleTasks

export const ada: Principal = { tenantId: 'acme', userId: 'ada', brandIds: ['aurora'] }
export const linus: Principal = { tenantId: 'acme', userId: 'linus', brandIds: ['aurora', 'borealis'] }
/** Of another brand than Ada, and an operator: sees the whole tenant. */
export const grace: Principal = { tenantId: 'acme', userId: 'grace', brandIds: ['borealis'], role: 'operator' }
/** An operator of another tenant. */
export const mallory: Principal = { tenantId: 'globex', userId: 'ada', brandIds: '*', role: 'operator' }
const people: Record<string, Principal> = { ada, linus, grace, mallory }

export type ReportGenerator = NonNullable<TaskServerOptions<SampleTasks>['generators']['MAKE_REPORT']>

export const makeReport: ReportGenerator = async ({ payload, step }) => {
  const draft = await step('draft', () =>
    Array.from({ length: payload.pages }, (_, page) => `${payload.name} ${page + 1}`),
  )
  return { reportId: 'r1', pages: await step('print', () => draft.length) }
}

/** Runs forever until its signal says stop. */
export const endless: ReportGenerator = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }))

/** A server in memory whose callers sign in by the header `x-user`. Retries come at once, and all answers are documented. */
export function sampleServer(
  generator: ReportGenerator = makeReport,
  options: Partial<TaskServerOptions<SampleTasks>> = {},
): TaskServer {
  return createDocumentedServer({
    catalog: sampleTasks,
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: (request) => people[request.headers.get('x-user') ?? ''] ?? null,
    generators: { MAKE_REPORT: generator },
    backoff: createBackoffPolicy({ baseMs: 1, ceilingMs: 5 }),
    timings: { drainMs: 50 },
    logger: silentLogger,
    ...options,
  })
}

interface CallOptions {
  user?: string | null
  body?: unknown
  headers?: Record<string, string>
}

/** Calls the server's handler as a browser's fetch would. */
export async function call(
  server: TaskServer,
  method: string,
  query: string,
  { user = 'ada', body, headers }: CallOptions = {},
) {
  const response = await server.handler(
    new Request(`http://app.test/api/jobs?${query}`, {
      method,
      headers: {
        ...(user !== null && { 'x-user': user }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    // A 304 has none.
    body: JSON.parse(text || 'null') as Record<string, never> & { task: TaskJson },
  }
}

export const report = { type: 'MAKE_REPORT', brandId: 'aurora', payload: { name: 'May' } }

/** Creates one report over HTTP and gives its id. */
export async function createReport(server: TaskServer, payload: object = report.payload): Promise<string> {
  const { body } = await call(server, 'POST', 'action=create', { body: { ...report, payload } })
  return body.task.taskId
}

export async function statusOf(server: TaskServer, taskId: string): Promise<TaskJson> {
  return (await call(server, 'GET', `action=status&taskId=${taskId}`)).body.task
}
