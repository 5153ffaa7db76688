import { type TaskStreamEvent } from '@brandkit/core'
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type Answer, createAnsweringServer, failureOf, html, json, problem, task } from './answering-server.fixture.js'
import type { TaskService } from './task-service.js'

const server = createAnsweringServer()

/** Sends the head of a stream, and keeps the stream open for the test. */
function streaming() {
  const responses: ServerResponse[] = []
  const answer: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    responses.push(response)
  }
  return { responses, answer }
}

/** One connection, and the events that it brought. */
function watch(service: TaskService) {
  const heard = { events: [] as TaskStreamEvent[], alive: 0, retries: [] as number[] }
  const controller = new AbortController()
  const over = service.wire.watch?.({
    signal: controller.signal,
    onEvent: (event) => heard.events.push(event),
    onAlive: () => (heard.alive += 1),
    onRetry: (ms) => heard.retries.push(ms),
  })
  if (!over) throw new Error('This service has no stream.')
  return { heard, controller, over }
}

const snapshot = `event: snapshot\ndata: ${JSON.stringify({ tasks: [task], hints: { 'task-1': { position: 2 } } })}\n\n`

describe('the event stream over fetch', () => {
  it('sends headers and credentials of the service, and asks for nothing but a stream', async () => {
    server.answer = (response) => response.writeHead(204).end()
    const { heard, over } = watch(server.open({ headers: () => ({ authorization: 'Bearer 1' }) }))
    await over
    expect(server.received).toMatchObject([
      { method: 'GET', headers: { authorization: 'Bearer 1', accept: 'text/event-stream' } },
    ])
    expect(server.received[0]?.url.search).toBe('?action=events')
    expect(heard.events).toEqual([{ event: 'end', data: {} }])
  })

  it('tells every message, wherever the network cuts it into pieces, and every byte as a sign of life', async () => {
    const { responses, answer } = streaming()
    server.answer = answer
    const { heard, controller, over } = watch(server.open())
    await expect.poll(() => responses).toHaveLength(1)
    const bytes = Buffer.from(
      `retry: 2500\n\n${snapshot}: beat\n\nevent: weather\ndata: "rain"\n\nevent: tasks\r\ndata: {"tasks":[]}\r\n\r\n`,
    )
    for (const byte of bytes) responses[0]?.write(Buffer.of(byte))
    await expect.poll(() => heard.events).toHaveLength(2)
    expect(heard.events).toEqual([
      { event: 'snapshot', data: { tasks: [task], hints: { 'task-1': { position: 2 } } } },
      { event: 'tasks', data: { tasks: [] } },
    ])
    expect(heard.retries).toEqual([2_500])
    const before = heard.alive
    responses[0]?.write(': beat\n\n')
    await expect.poll(() => heard.alive).toBeGreaterThan(before)

    controller.abort()
    await expect(over).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => responses[0]?.destroyed).toBe(true)
  })

  it('overlooks a byte order mark', async () => {
    server.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('\uFEFFevent: end\ndata: {}\n\n')
    }
    const { heard, over } = watch(server.open())
    await over
    expect(heard.events).toEqual([{ event: 'end', data: {} }])
  })

  it('closes by itself after what ends a stream, also where the server’s closing does not get through', async () => {
    const { responses, answer } = streaming()
    server.answer = answer
    const { heard, over } = watch(server.open())
    await expect.poll(() => responses).toHaveLength(1)
    responses[0]?.write('event: reconnect\ndata: {"afterMs":3000}\n\n')
    await over
    expect(heard.events).toEqual([{ event: 'reconnect', data: { afterMs: 3_000 } }])
    await expect.poll(() => responses[0]?.destroyed).toBe(true)
  })

  it.each<[string, Answer, object]>([
    ['no stream but a page', html(200), { code: 'invalid_response' }],
    ['no stream but JSON', json({ tasks: [] }), { code: 'invalid_response' }],
    ['a problem', problem('rate_limited', 429, { 'retry-after': '7' }), { code: 'rate_limited', retryAfterMs: 7_000 }],
    [
      'a message that is no JSON',
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write('event: tasks\ndata: {\n\n')
      },
      { code: 'network_error', retryable: true },
    ],
    [
      'a task without a version',
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(`event: tasks\ndata: {"tasks":[{"taskId":"a","status":"queued"}]}\n\n`)
      },
      { code: 'network_error', retryable: true },
    ],
    [
      'a cut connection',
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(snapshot, () => response.socket?.destroy())
      },
      { code: 'network_error', retryable: true },
    ],
  ])('rejects when it gets %s', async (_name, answer, expected) => {
    server.answer = answer
    await expect(failureOf(watch(server.open()).over)).resolves.toMatchObject(expected)
  })
})

describe('credentials that expire', () => {
  it('are renewed once when the stream is opened', async () => {
    server.answer = (response, entry) =>
      entry.headers.authorization === 'new'
        ? response.writeHead(204).end()
        : problem('unauthenticated', 401)(response, entry)
    const { state, service } = renewing()
    await watch(service).over
    expect([state.renewals, server.received.length]).toEqual([1, 2])
  })

  it('are renewed once while it is open, so that another may be opened', async () => {
    server.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`${snapshot}event: unauthenticated\ndata: {}\n\n`)
    }
    const { state, service } = renewing()
    const { heard, over } = watch(service)
    await over
    expect(state.renewals).toBe(1)
    expect(heard.events.map(({ event }) => event)).toEqual(['snapshot'])
  })

  it('are not renewed again and again where the new ones do no better', async () => {
    server.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('event: unauthenticated\ndata: {}\n\n')
    }
    const { state, service } = renewing()
    await watch(service).over
    await expect(failureOf(watch(service).over)).resolves.toMatchObject({ code: 'unauthenticated' })
    expect(state.renewals).toBe(1)
  })

  it('that cannot be renewed end it', async () => {
    server.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`${snapshot}event: unauthenticated\ndata: {}\n\n`)
    }
    await expect(failureOf(watch(server.open()).over)).resolves.toMatchObject({ code: 'unauthenticated' })
  })
})

/** A service whose expired token can be renewed. */
function renewing() {
  const state = { token: 'old', renewals: 0 }
  const service = server.open({
    headers: () => ({ authorization: state.token }),
    onUnauthenticated: async () => {
      state.renewals += 1
      state.token = 'new'
      return true
    },
  })
  return { state, service }
}
