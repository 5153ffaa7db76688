import type { TaskCatalog } from '@brandkit/core'
import { createTaskServer, type TaskServer } from '../../src/create-task-server.js'
import type { TaskServerOptions } from '../../src/task-server-options.js'
import { createOpenapiDocument } from '../../src/http/openapi/create-openapi-document.js'
import type { QueueBackend } from '../../src/queue/queue-backend.js'
import { createResponseCheck, type ResponseCheck } from './response-check.js'
import { watchEvents } from './watch-events.js'

const undocumented: string[] = []

/** The undocumented answers since the last call. `undocumented.setup.ts` checks them after each test. */
export function takeUndocumented(): string[] {
  return undocumented.splice(0)
}

interface Described {
  catalog: TaskCatalog
  queue?: Pick<QueueBackend, 'capabilities'> | undefined
}

/** Wraps a server, so that every answer is compared with the OpenAPI document that the server serves. */
export function documented(server: TaskServer, described: Described): TaskServer {
  const check = checkOf(described)

  async function inspect(request: Request, response: Response): Promise<Response> {
    const { status, headers } = response
    const note = (issues: readonly string[]) => {
      const { search } = new URL(request.url)
      undocumented.push(...issues.map((issue) => `${request.method} ${search.slice(0, 100)} → ${status}: ${issue}`))
    }
    if (headers.get('content-type')?.startsWith('text/event-stream')) {
      note(check.response(request, { status, headers, text: '' }))
      const body = response.body && watchEvents(response.body, (event) => note(check.event(request, event)))
      return new Response(body, { status, headers })
    }
    const text = await response.text()
    note(check.response(request, { status, headers, text }))
    return new Response(text === '' ? null : text, { status, headers })
  }

  return {
    ...server,
    handler: async (request) => inspect(request, await server.handler(request)),
    openEvents: async (request) => {
      const opened = await server.openEvents(request)
      return opened instanceof Response ? inspect(request, opened) : opened
    },
  }
}

/** `createTaskServer` for tests: every answer must be documented. */
export function createDocumentedServer<const C extends TaskCatalog>(options: TaskServerOptions<C>): TaskServer {
  return documented(createTaskServer(options), options)
}

const checks = new WeakMap<TaskCatalog, Map<string, ResponseCheck>>()

/** Compiling a document takes longer than most tests, so one check is made for each catalog and refusal. */
function checkOf({ catalog, queue }: Described): ResponseCheck {
  const refusal = queue?.capabilities.refusal
  const known = checks.get(catalog) ?? new Map<string, ResponseCheck>()
  checks.set(catalog, known)
  const key = JSON.stringify(refusal ?? null)
  const check = known.get(key) ?? createResponseCheck(createOpenapiDocument({ catalog, refusal }))
  known.set(key, check)
  return check
}
