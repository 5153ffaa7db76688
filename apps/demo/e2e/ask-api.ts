import type { ProblemDetails, TaskJson } from '@brandkit/core'
import { findPerson } from '../server/session.ts'
import { once } from 'node:events'

/** A payload that every server accepts. */
export const PAYLOAD = {
  campaignName: 'By hand',
  objective: 'awareness',
  budget: 10_000,
  startDate: '2027-03-01',
  weeks: 4,
  channels: ['search', 'social'],
  audience: 'Parents in Berlin',
}

export interface Api {
  /** POSTs a body as JSON; a text is sent unchanged. */
  post(action: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  get(query: string): Promise<Response>
  /** Arms a fault for a task. */
  trace(body: { taskId: string; fault: string }): Promise<Response>
  /** Creates a media plan for the person's brand. */
  create(): Promise<TaskJson<'GENERATE_MEDIA_PLAN'>>
  /** Reads a task. */
  status(taskId: string): Promise<TaskJson<'GENERATE_MEDIA_PLAN'>>
}

/** The task endpoint with a bearer token, as curl would use it. */
export async function askApi(url: string, user: 'ada' | 'grace' | 'linus'): Promise<Api> {
  const session = await fetch(`${url}/api/demo/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  })
  const { token } = (await session.json()) as { token: string }
  const brandId = findPerson(user)?.brandId
  const authorization = `Bearer ${token}`

  const post: Api['post'] = (action, body, headers = {}) =>
    fetch(`${url}/api/jobs?action=${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const get: Api['get'] = (query) => fetch(`${url}/api/jobs?${query}`, { headers: { authorization } })

  return {
    post,
    get,
    trace: (body) =>
      fetch(`${url}/api/demo/trace`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify(body),
      }),
    create: async () => taskOf(await post('create', { type: 'GENERATE_MEDIA_PLAN', brandId, payload: PAYLOAD })),
    status: async (taskId) => taskOf(await get(`action=status&taskId=${taskId}`)),
  }
}

/** A refusal in short: its status, its media type, and the problem document. */
export async function refusalOf(response: Response): Promise<ProblemDetails & { mediaType: string | null }> {
  return { mediaType: response.headers.get('content-type'), ...((await response.json()) as ProblemDetails) }
}

async function taskOf(response: Response): Promise<TaskJson<'GENERATE_MEDIA_PLAN'>> {
  const { task } = (await response.json()) as { task: TaskJson<'GENERATE_MEDIA_PLAN'> }
  return task
}

export interface Followed {
  /** The text received so far. */
  text(): string
  /** Resolves when the server has ended the stream. */
  ended: Promise<unknown>
}

export interface FollowedStream extends Followed {
  headers: Headers
}

/** Follows task events over HTTP with the session's cookie, as a browser's page does. */
export async function followEvents(url: string, cookie: string): Promise<FollowedStream> {
  const response = await fetch(`${url}/api/jobs?action=events`, {
    headers: { cookie, 'accept-encoding': 'gzip, deflate, br, zstd' },
  })
  let text = ''
  const decoder = new TextDecoder()
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  })()
  return { headers: response.headers, text: () => text, ended }
}

/** Follows task events over a WebSocket; rejects when the server refuses the connection. */
export async function followSocket(url: string, { path, cookie }: { path: string; cookie: string }): Promise<Followed> {
  const socket = new WebSocket(new URL(path, url.replace('http', 'ws')), { headers: { cookie } })
  let text = ''
  socket.addEventListener('message', ({ data }) => {
    text += `${data}\n`
  })
  const ended = once(socket, 'close')
  const opened = Promise.withResolvers<void>()
  socket.addEventListener('open', () => opened.resolve())
  socket.addEventListener('error', () => opened.reject(new Error(`No WebSocket at ${path}.`)))
  await opened.promise
  return { text: () => text, ended }
}
