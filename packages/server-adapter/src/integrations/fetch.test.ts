import type { TaskStreamEvent } from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openOnBun, openOnDeno, openOnWorkerd } from '../../proofs/reliability/open-endpoint.js'
import { reportInput } from '../testing/endpoint/endpoint-tasks.js'
import { createEndpointServer } from '../testing/endpoint-server.js'
import { describeTaskEndpoint } from '../testing/endpoint-conformance.js'
import type { OpenEndpoint } from '../testing/endpoint/endpoint-caller.js'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const onDatabase = (open: typeof openOnBun) => async () => open(await postgres.createDatabase())

describeTaskEndpoint('Bun', { open: onDatabase(openOnBun), capabilities: ['sockets', 'operations'] })
describeTaskEndpoint('Deno', { open: onDatabase(openOnDeno), capabilities: ['sockets', 'operations'] })
// Without a proxy, workerd closes the connection of a body that is too large, sometimes before the answer is read.
describeTaskEndpoint('Workers', { open: openOnWorkerd, capabilities: ['operations'] })
describeTaskEndpoint('no socket', {
  capabilities: ['operations'],
  async open() {
    const server = createEndpointServer()
    await server.start()
    return {
      url: 'https://app.test/api/jobs',
      fetch: (input, init) => server.handler(new Request(input, init)),
      close: () => server.stop(),
    }
  },
})

describe.each([
  ['Bun', openOnBun],
  ['Deno', openOnDeno],
])('a WebSocket of %s', (_runtime, openOn) => {
  let opened: OpenEndpoint
  beforeAll(async () => {
    opened = await onDatabase(openOn)()
  })
  afterAll(() => opened.close())

  const headers = { authorization: 'Bearer ada', 'content-type': 'application/json' }
  const eventsUrl = () => `${opened.url.replace('http', 'ws')}?action=events`

  it('carries the events of the protocol, each as one JSON text', async () => {
    const socket = new WebSocket(eventsUrl(), { headers })
    const events: TaskStreamEvent[] = []
    socket.addEventListener('message', ({ data }) => {
      events.push(PROTOCOL.events.response.parse(JSON.parse(String(data))) as TaskStreamEvent)
    })
    await vi.waitFor(() => expect(events[0]?.event).toBe('snapshot'))
    const body = JSON.stringify(reportInput('completes'))
    const created = await fetch(`${opened.url}?action=create`, { method: 'POST', headers, body })
    const { task } = (await created.json()) as { task: { taskId: string } }
    await vi.waitFor(() => {
      const tasks = events.flatMap(({ data }) => ('tasks' in data ? data.tasks : []))
      expect(tasks).toContainEqual(expect.objectContaining({ taskId: task.taskId, status: 'completed' }))
    })
    socket.close()
  })

  it.each([
    ['a stranger', { authorization: 'Bearer nobody' }],
    ['a page of another site', { ...headers, origin: 'https://evil.test' }],
  ])('refuses %s', async (_who, refused) => {
    const socket = new WebSocket(eventsUrl(), { headers: refused })
    let isOpen = false
    socket.addEventListener('open', () => (isOpen = true))
    await once(socket, 'close')
    expect(isOpen).toBe(false)
  })
})
