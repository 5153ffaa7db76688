import type { TaskStreamEvent } from '@brandkit/core'
import type { Peer } from 'crossws'
import crossws from 'crossws/adapters/node'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf, task } from './answering-server.fixture.js'
import { openPage } from './open-page.fixture.js'
import { createTaskService } from './task-service.js'
import { silentLogger } from '@brandkit/core'
import { createWebSocketTransport, type WebSocketTransportOptions } from './websocket.js'

let server: Server
let url = ''
const peers: Peer[] = []
let closed = 0
let isRefused = false

beforeEach(async () => {
  peers.length = 0
  closed = 0
  isRefused = false
  const sockets = crossws({
    hooks: {
      upgrade: (request) => {
        if (isRefused) return new Response(null, { status: 401 })
        const protocol = request.headers.get('sec-websocket-protocol')?.split(',')[0]
        return protocol ? { headers: { 'sec-websocket-protocol': protocol } } : undefined
      },
      open: (peer) => void peers.push(peer),
      close: () => void (closed += 1),
    },
  })
  server = createServer((_request, response) => response.writeHead(404).end())
  server.on('upgrade', (request, socket, head) => void sockets.handleUpgrade(request, socket, head))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/jobs`
})
afterEach(async () => {
  for (const peer of peers) peer.terminate()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function watch(options?: WebSocketTransportOptions) {
  const { wire } = createTaskService({ url, stream: createWebSocketTransport(options), logger: silentLogger })
  const events: TaskStreamEvent[] = []
  const controller = new AbortController()
  const over = wire.watch?.({ signal: controller.signal, onEvent: (event) => events.push(event) })
  if (!over) throw new Error('This service has no stream.')
  return { events, controller, over }
}

const snapshot = { event: 'snapshot', data: { tasks: [task] } }

describe('the event stream over a WebSocket', () => {
  it('goes to the url of the service with the query that it has', async () => {
    url += '?x-vercel-protection-bypass=k'
    const { controller, over } = watch()
    await expect.poll(() => peers.length).toBe(1)
    expect(new URL(peers[0]?.request.url ?? '').search).toBe('?x-vercel-protection-bypass=k&action=events')
    controller.abort()
    await over.catch(() => {})
  })

  it('tells the same events as over fetch', async () => {
    const { events, over } = watch({ token: () => 'token.abc' })
    await expect.poll(() => peers.length).toBe(1)
    expect(new URL(peers[0]?.request.url ?? '').search).toBe('?action=events')
    expect(peers[0]?.request.headers.get('sec-websocket-protocol')).toMatch(/^brandkit\.events, ?token\.abc$/)
    for (const message of [
      snapshot,
      { event: 'beat', data: {} },
      { event: 'weather', data: 1 },
      { event: 'end', data: {} },
    ])
      peers[0]?.send(JSON.stringify(message))
    await over
    expect(events.map(({ event }) => event)).toEqual(['snapshot', 'beat', 'end'])
    expect(events[0]).toEqual(snapshot)
    await expect.poll(() => closed).toBe(1)
  })

  it('is closed when nobody wants it any more', async () => {
    const { controller, over } = watch()
    await expect.poll(() => peers.length).toBe(1)
    controller.abort()
    await expect(over).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => closed).toBe(1)
  })

  it('resolves when the server closes it, and rejects when it breaks, is refused, or talks nonsense', async () => {
    const clean = watch()
    await expect.poll(() => peers.length).toBe(1)
    peers[0]?.close(1_000)
    await clean.over

    const cut = watch()
    await expect.poll(() => peers.length).toBe(2)
    peers[1]?.terminate()
    await expect(failureOf(cut.over)).resolves.toMatchObject({ code: 'network_error', retryable: true })

    const nonsense = watch()
    await expect.poll(() => peers.length).toBe(3)
    peers[2]?.send('{"event":"tasks","data":{"tasks":[{}]}}')
    await expect(failureOf(nonsense.over)).resolves.toMatchObject({ code: 'network_error' })

    isRefused = true
    await expect(failureOf(watch().over)).resolves.toMatchObject({ code: 'network_error' })
  })

  it('carries a follower, which asks nothing by other means', async () => {
    const page = openPage({
      url,
      stream: createWebSocketTransport(),
      fetch: () => expect.fail('nothing has to be fetched'),
    })
    page.follow([task.taskId])
    await expect.poll(() => peers.length).toBe(1)
    peers[0]?.send(JSON.stringify(snapshot))
    await expect.poll(() => page.follower.connection.get().state).toBe('live')
    const end = { ...task, status: 'cancelled', version: 2 }
    peers[0]?.send(JSON.stringify({ event: 'tasks', data: { tasks: [end] } }))
    await expect.poll(() => page.view.get(task.taskId)?.status).toBe('cancelled')
    await expect.poll(() => closed).toBe(1)
    page.close()
  })
})
