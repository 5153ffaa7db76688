import { openPage } from './open-page.fixture.js'
import { createFakeTaskServer, type FakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

/** The number of GETs for an action that reached the server. */
export const count = (server: FakeTaskServer, action: string) =>
  server.requests.filter((request) => request === `GET ${action}`).length

/** A network between page and server; the test controls its event streams. */
function openNetwork() {
  const server = createFakeTaskServer({ scenario: null })
  const state = { events: (request: Request) => server.fetch(request), isDown: false }
  const fetch: typeof globalThis.fetch = async (resource, init) => {
    const request = new Request(resource, init)
    if (state.isDown) throw new TypeError('The network is down.')
    return request.url.includes('action=events') ? state.events(request) : server.fetch(request)
  }
  return { server, state, fetch }
}

/** A buffering proxy: it answers at once and holds back everything that follows. */
export const buffer = async () =>
  new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } })

/** A page over that network, and one task that runs until the test ends it. */
export function setUpPage(options: Partial<Parameters<typeof openPage>[0]> = {}) {
  const network = openNetwork()
  const { server } = network
  const { taskId } = server.seed({ status: 'processing', progress: 10 })
  const page = openPage({ fetch: network.fetch, ...options })
  const end = (id = taskId) => server.change(id, { status: 'cancelled', completedAt: new Date().toISOString() })
  return { ...network, page, taskId, end }
}
