import type { FetchServer } from '../../src/integrations/fetch-server.js'
import type { OpenEndpoint } from '../../src/testing/endpoint/endpoint-caller.js'
import { createEndpointServer } from '../../src/testing/endpoint-server.js'

export interface EndpointMutant {
  name: string
  /** The name of the suite's test that must fail. */
  breaks: string
  breakIt: (server: FetchServer) => FetchServer['handler']
}

export const ENDPOINT_MUTANTS: readonly EndpointMutant[] = [
  {
    name: 'knows no idempotency keys',
    breaks: 'makes one task of 20 that are sent under one key at once',
    breakIt: (server) => (request) => {
      request.headers.delete('idempotency-key')
      return server.handler(request)
    },
  },
  {
    name: 'sends a text from its beginning each time',
    breaks: 'sends nothing twice: a task has a cursor, and nothing is new behind it',
    // Only of texts: a list that begins anew each time is walked without end.
    breakIt: (server) => (request) =>
      server.handler(new Request(request.url.replace(/(action=text.*)&cursor=[^&]*/, '$1'), request)),
  },
  {
    name: 'tells foreign ids from unknown ones',
    breaks: 'a foreign task answers to cancel as an unknown one does',
    breakIt: (server) => async (request) => {
      const asked = (await request.clone().text()) + request.url
      const response = await server.handler(request)
      // The server's own ids are UUIDs.
      if (response.status !== 404 || !/[\da-f]{8}-[\da-f]{4}/.test(asked)) return response
      return changed(response, (text) => text.replace('There is no such task.', 'This task is not yours.'))
    },
  },
  {
    name: 'tells everybody who did what',
    breaks: 'tells the audit to nobody else',
    breakIt: (server) => (request) => {
      if (request.url.includes('action=audit') && request.headers.has('authorization'))
        request.headers.set('authorization', 'Bearer grace')
      return server.handler(request)
    },
  },
  {
    name: 'shows a colleague every brand of the tenant',
    breaks: 'never see the tasks of another brand, which answer as unknown ones do',
    breakIt: (server) => (request) => {
      if (request.headers.get('authorization') === 'Bearer hedy') request.headers.set('authorization', 'Bearer grace')
      return server.handler(request)
    },
  },
  {
    name: 'hides from a colleague that a task may not be deleted',
    breaks: 'are told that they may not do what the policy keeps to the owner',
    breakIt: (server) => async (request) => {
      const response = await server.handler(request)
      if (response.status !== 403) return response
      return server.handler(
        new Request(request.url.replace(/action=\w+/, 'action=status&taskId=none'), { headers: request.headers }),
      )
    },
  },
  {
    name: 'counts no items',
    breaks: 'counts the items of a step, and tells neither what they are called nor what came out of them',
    breakIt: (server) => async (request) => {
      const response = await server.handler(request)
      if (!request.url.includes('action=status')) return response
      return changed(response, (text) => text.replace(/,"items":\{[^}]*\}/g, ''))
    },
  },
  {
    name: 'takes no notice of where a retry is to begin',
    breaks: 'goes on from the finished steps, unless it is told to begin at the start',
    breakIt: (server) => async (request) => {
      if (!request.url.includes('action=retry')) return server.handler(request)
      const { url, method, headers } = request
      const { from: _from, ...body } = (await request.json()) as { from?: unknown }
      return server.handler(new Request(url, { method, headers, body: JSON.stringify(body) }))
    },
  },
  {
    name: 'names the work of somebody else',
    breaks: 'refuses work of which only one may be under way, and names that one to its owner alone',
    breakIt: (server) => {
      let named = ''
      return async (request) => {
        const response = await server.handler(request)
        if (response.status !== 409) return response
        const { taskId } = (await response.clone().json()) as { taskId?: string }
        named = taskId ?? named
        return changed(response, (text) => text.replace('"code"', `"taskId":"${named}","code"`))
      }
    },
  },
  {
    name: 'creates beyond a budget',
    breaks: 'refuses a create once it is used up, and says when it renews',
    breakIt: (server) => async (request) => {
      const again = request.clone()
      const response = await server.handler(request)
      if (response.status !== 429) return response
      again.headers.set('authorization', 'Bearer linus')
      return server.handler(again)
    },
  },
  {
    name: 'shows everybody what one user has spent',
    breaks: 'sums the month of the caller, and of nobody else',
    breakIt: (server) => (request) => {
      if (request.url.includes('action=usage')) request.headers.set('authorization', 'Bearer ada')
      return server.handler(request)
    },
  },
  {
    name: 'lists a task that waits for a provider without a word',
    breaks: 'says which provider it waits for and until when, to those alone who may see it',
    breakIt: (server) => async (request) => {
      const response = await server.handler(request)
      if (!request.url.includes('action=list')) return response
      return changed(response, (text) => text.replaceAll(/,"waitingFor":\{[^}]*\}/g, ''))
    },
  },
  {
    name: 'does not say why a notice was given up',
    breaks: 'names the notices that were given up to its operators, each with the reason',
    breakIt: (server) => async (request) => {
      const response = await server.handler(request)
      if (!request.url.includes('action=stats')) return response
      return changed(response, (text) => text.replaceAll(/"reason":"[^"]*"/g, '"reason":"It failed."'))
    },
  },
  {
    name: 'shows the figures of the tenant to anybody',
    breaks: 'tells nobody else',
    breakIt: (server) => (request) => {
      if (request.url.includes('action=stats')) request.headers.set('authorization', 'Bearer grace')
      return server.handler(request)
    },
  },
  {
    name: 'starts a task before those that it follows',
    breaks: 'waits for the tasks that it follows, names them, and expects no end of its own',
    breakIt: (server) => async (request) =>
      server.handler(withBody(request, (await request.clone().text()).replaceAll(/,"after":\[[^\]]*\]/g, ''))),
  },
  {
    name: 'lets anybody follow anybody’s task',
    breaks: 'takes somebody else’s task for one that does not exist, and tells nothing of it',
    breakIt: (server) => async (request) => {
      if ((await request.clone().text()).includes('"after":')) request.headers.set('authorization', 'Bearer grace')
      return server.handler(request)
    },
  },
  {
    name: 'tries a task again without saying what it waits for',
    breaks: 'is tried again behind the latest retry of what did not complete',
    breakIt: (server) => async (request) => {
      const response = await server.handler(request)
      if (!request.url.includes('action=retry')) return response
      return changed(response, (text) => text.replace(/,"waitsFor":\[[^\]]*\]/, ''))
    },
  },
  {
    name: 'streams payloads',
    breaks: 'begins with a snapshot, then sends each task on its way to the end, never backward and without payloads',
    breakIt: (server) => async (request) =>
      changedStream(await server.handler(request), (text) => text.replaceAll('{"taskId":', '{"payload":{},"taskId":')),
  },
  {
    name: 'streams results in snapshots',
    breaks: 'has the result at the end, and in no snapshot',
    breakIt: (server) => async (request) =>
      changedStream(await server.handler(request), (text) => text.replaceAll('"isSummary":true', '"result":1')),
  },
  {
    name: 'reads what is no UTF-8 as best it can',
    breaks: 'bytes that are no UTF-8',
    breakIt: (server) => async (request) => {
      if (request.method !== 'POST') return server.handler(request)
      const { url, method, headers } = request
      return server.handler(new Request(url, { method, headers, body: await request.text() }))
    },
  },
  {
    name: 'acts although it shall only count',
    breaks: 'counts what cancel would take, and changes nothing',
    breakIt: (server) => async (request) => {
      const asked = await request.clone().text()
      return server.handler(
        asked.includes('"dryRun":true') ? withBody(request, asked.replace('true', 'false')) : request,
      )
    },
  },
  {
    name: 'loses the task at the edge of a page of all that match',
    breaks: 'cancels all that match, page by page, and leaves none out',
    breakIt: (server) => async (request) => {
      const asked = await request.clone().text()
      const response = await server.handler(request)
      if (!asked.includes('"cursor":')) return response
      return changed(response, (text) => text.replace(/\{"taskId":"[^"]*","outcome":"done"\},?/, ''))
    },
  },
  {
    name: 'lets everybody act on the whole tenant by a filter',
    breaks: 'reaches nobody else’s tasks, and an operator all of the tenant',
    breakIt: (server) => async (request) => {
      if ((await request.clone().text()).includes('"filter":')) request.headers.set('authorization', 'Bearer grace')
      return server.handler(request)
    },
  },
  {
    name: 'takes a forgotten condition for every task',
    breaks: 'refuses an empty filter, and says why',
    breakIt: (server) => async (request) => {
      const asked = await request.clone().text()
      return server.handler(withBody(request, asked.replace('"filter":{}', '"filter":{"all":true}')))
    },
  },
  {
    name: 'shows where it failed',
    breaks: 'an unknown action',
    breakIt: (server) => async (request) => {
      const response = await server.handler(request)
      if (response.ok || response.body === null) return response
      return changed(response, (text) => text.replace('{', '{"stack":"at answer (task-handler.ts:1)",'))
    },
  },
]

function withBody({ url, method, headers }: Request, body: string): Request {
  return new Request(url, { method, headers, ...(method === 'POST' && { body }) })
}

async function changed(response: Response, change: (text: string) => string): Promise<Response> {
  return new Response(change(await response.text()), response)
}

function changedStream(response: Response, change: (text: string) => string): Response {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) return response
  const body = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new TransformStream<string, string>({ transform: (text, out) => out.enqueue(change(text)) }))
    .pipeThrough(new TextEncoderStream())
  return new Response(body, response)
}

/** A correct server in memory behind a handler with one fault. */
export async function openMutantEndpoint(
  breakIt: EndpointMutant['breakIt'] = (server) => server.handler,
): Promise<OpenEndpoint> {
  const server = createEndpointServer()
  await server.start()
  const handler = breakIt(server)
  return {
    url: 'https://app.test/api/jobs',
    fetch: (input, init) => handler(new Request(input, init)),
    close: () => server.stop(),
  }
}
