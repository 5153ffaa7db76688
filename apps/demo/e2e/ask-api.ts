import type { ProblemDetails, TaskJson } from '@brandkit/core'
import { findPerson } from '../server/session.ts'

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
