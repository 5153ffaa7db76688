import type { TaskStreamEvent } from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../memory.js'
import type { TaskWatcher } from '../store/task-watcher.js'
import { listen } from '../../proofs/fixtures/listen.js'
import { call, createReport, endless, report, sampleServer } from '../../proofs/fixtures/sample-tasks.js'
import { toNode } from './node.js'
import { toNodeUpgrade } from './node-upgrade.js'
import { EVENTS_PROTOCOL } from './websocket-hooks.js'

const store = memoryStore()
let watcher: TaskWatcher
const watch: typeof store.watch = (given) => {
  watcher = given
  return store.watch(given)
}
const server = sampleServer(endless, {
  store: { ...store, watch },
  allowedOrigins: ['https://studio.test'],
  // The token is in a header, or is the second subprotocol of a browser.
  authenticate: ({ headers }) => {
    const [, token] = (headers.get('sec-websocket-protocol') ?? '').split(', ')
    const userId = headers.get('x-user') ?? token
    return userId === undefined || userId === 'nobody' ? null : { tenantId: 'acme', userId, brandIds: '*' }
  },
})
const http = createServer(toNode(server))
let address: Awaited<ReturnType<typeof listen>>
let url = ''
const sockets: WebSocket[] = []
beforeAll(async () => {
  http.on('upgrade', await toNodeUpgrade(server))
  address = await listen(http)
  url = `${address.origin.replace('http', 'ws')}/api/jobs?action=events`
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close()
})
afterAll(async () => {
  await server.stop()
  await address.close()
})

const isFollowed = (user: string) =>
  Array.from(watcher.owners()).some((owner) => owner.reach === 'own' && owner.userId === user)

function follow({ user = 'ada', query = '', protocols = [] as string[], headers = {} } = {}) {
  const socket = new WebSocket(url + query, {
    protocols,
    headers: { ...(user && { 'x-user': user }), ...headers },
  })
  sockets.push(socket)
  const events: TaskStreamEvent[] = []
  socket.addEventListener('message', ({ data }) => {
    events.push(PROTOCOL.events.response.parse(JSON.parse(String(data))) as TaskStreamEvent)
  })
  const closed = once(socket, 'close') as Promise<[CloseEvent]>
  return { socket, events, opened: once(socket, 'open'), closed }
}

/** Makes a WebSocket handshake and returns its answer. */
async function shakeHands(headers: Record<string, string>, query = '?action=events') {
  const request = httpRequest(`${address.origin}/api/jobs${query}`, {
    agent: false,
    headers: {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'x-user': 'ada',
      ...headers,
    },
  })
  request.end()
  const [response, socket] = (await Promise.race([once(request, 'response'), once(request, 'upgrade')])) as [
    IncomingMessage,
    Socket | undefined,
  ]
  let body = ''
  if (response.statusCode !== 101) for await (const piece of response) body += String(piece)
  request.destroy()
  socket?.destroy()
  return { status: response.statusCode, body: body === '' ? null : (JSON.parse(body) as { code: string }) }
}

describe('toNodeUpgrade', () => {
  it('carries the events of the protocol, each as one JSON text', async () => {
    const { events } = follow()
    const taskId = await createReport(server)
    await vi.waitFor(() => {
      expect(events[0]?.event).toBe('snapshot')
      const tasks = events.flatMap(({ data }) => ('tasks' in data ? data.tasks : []))
      expect(tasks).toContainEqual(expect.objectContaining({ taskId, status: 'queued' }))
    })
  })

  it('ends with its batch', async () => {
    const { body } = await call(server, 'POST', 'action=create', { body: { tasks: [report, report] } })
    const { batchId } = body as unknown as { batchId: string }
    const { events, closed, opened } = follow({ query: `&batchId=${batchId}` })
    await opened
    await call(server, 'POST', 'action=cancel', { body: { batchId } })
    const [{ code }] = await closed
    expect(code).toBe(1_000)
    expect(events.at(-1)).toEqual({ event: 'end', data: {} })
  })

  it('lets a browser, which sends no headers, show a token as a second protocol', async () => {
    const { socket, opened, events } = follow({ user: '', protocols: [EVENTS_PROTOCOL, 'ada'] })
    await opened
    expect(socket.protocol).toBe(EVENTS_PROTOCOL)
    await vi.waitFor(() => expect(events[0]?.event).toBe('snapshot'))
  })

  it.each([
    ['a page of another site', { origin: 'https://evil.test' }, 403, 'cross_site_request'],
    [
      'a page of another site that has a cookie',
      { origin: 'https://evil.test', cookie: 'session=1' },
      403,
      'cross_site_request',
    ],
    ['a page without an address', { origin: 'null' }, 403, 'cross_site_request'],
    [
      'a page of a sibling site',
      { origin: 'https://studio.test.evil.test', 'sec-fetch-site': 'same-site' },
      403,
      'cross_site_request',
    ],
    ['nobody', { 'x-user': 'nobody' }, 401, 'unauthenticated'],
  ])('refuses %s', async (_, headers, status, code) => {
    expect(await shakeHands(headers)).toMatchObject({ status, body: { code } })
  })

  it.each([
    ['a batch that is not there', '?action=events&batchId=0198-nobody', 404, 'batch_not_found'],
    ['any other action', '?action=list', 400, 'invalid_request'],
    ['no action', '', 400, 'unknown_action'],
  ])('refuses %s', async (_, query, status, code) => {
    expect(await shakeHands({}, query)).toMatchObject({ status, body: { code } })
  })

  it.each([
    ['no page at all', {}],
    ['an allowed page', { origin: 'https://studio.test', 'sec-fetch-site': 'cross-site' }],
  ])('accepts %s', async (_, headers) => {
    expect(await shakeHands(headers)).toEqual({ status: 101, body: null })
  })

  it('accepts a page of its own', async () => {
    expect(await shakeHands({ origin: address.origin })).toEqual({ status: 101, body: null })
  })

  it('frees everything when the socket closes', async () => {
    const { socket, opened } = follow({ user: 'brief' })
    await opened
    expect(isFollowed('brief')).toBe(true)
    socket.close()
    await vi.waitFor(() => expect(isFollowed('brief')).toBe(false))
  })

  it('ignores what readers send, and hangs up on those who send much', async () => {
    const { socket, opened, closed, events } = follow()
    await opened
    socket.send('{"event":"end","data":{}}')
    const taskId = await createReport(server)
    await vi.waitFor(() => expect(JSON.stringify(events)).toContain(taskId))
    socket.send('x'.repeat(2_000))
    const [{ code }] = await closed
    expect(code).toBe(1_009)
  })

  it('survives callers who hang up in the middle of the handshake', async () => {
    for (let count = 0; count < 20; count += 1) {
      const socket = connect(Number(new URL(address.origin).port), '127.0.0.1')
      socket.on('error', () => {}).resume()
      socket.write(
        'GET /api/jobs?action=events HTTP/1.1\r\nhost: a\r\nx-user: ada\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      )
      if (count % 2) socket.resetAndDestroy()
      else socket.end()
      await once(socket, 'close')
    }
    expect(await shakeHands({})).toMatchObject({ status: 101 })
  })
})
