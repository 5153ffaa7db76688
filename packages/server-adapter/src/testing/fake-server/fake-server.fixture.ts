import { createFakeTaskServer, type FakeTaskServerOptions } from './create-fake-task-server.js'
import { createManualClock } from './fake-clock.js'

interface FakeRequest {
  user?: string
  method?: string
  body?: string
  headers?: Record<string, string>
}

/** A task that is ready to be created. */
export const input = {
  type: 'GENERATE_MEDIA_PLAN',
  brandId: 'aurora',
  payload: {
    campaignName: 'Spring sale',
    objective: 'awareness',
    budget: 10_000,
    startDate: '2027-03-01',
    weeks: 4,
    channels: ['search'],
    audience: 'Gardeners',
  },
}

/** A fake server with a clock that a test turns, and short ways to ask it as different users. */
export function setUpFakeServer(options: FakeTaskServerOptions = {}) {
  const clock = createManualClock()
  const server = createFakeTaskServer({ clock, ...options })
  const send = async (query: string, init: FakeRequest = {}) => {
    const { user = 'ada', headers, ...rest } = init
    const response = await server.fetch(`/api/jobs?${query}`, {
      ...rest,
      headers: { 'x-fake-user': user, ...(rest.body && { 'content-type': 'application/json' }), ...headers },
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null }
  }
  const post = async (action: string, body: unknown, init: FakeRequest = {}) =>
    send(`action=${action}`, { method: 'POST', ...init, body: JSON.stringify(body) })
  const create = async (init?: FakeRequest) => (await post('create', input, init)).body.task
  return { clock, server, send, post, create }
}
