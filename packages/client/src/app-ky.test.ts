import ky from 'ky'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createAnsweringServer, failureOf, html, input, json, problem, task } from './answering-server.fixture.js'

const server = createAnsweringServer()

describe('an app’s own ky', () => {
  it('sees every request, and what it adds is sent', async () => {
    const seen: string[] = []
    const api = ky.extend({
      headers: { 'x-app': 'studio' },
      hooks: {
        beforeRequest: [({ request }) => request.headers.set('x-trace', 'abc')],
        afterResponse: [({ request, response }) => void seen.push(`${request.method} ${response.status}`)],
      },
    })
    const service = server.open({ ky: api, headers: () => ({ authorization: 'Bearer t' }) })
    await service.createBackgroundTask(input)
    await service.getStatus('task-1')
    expect(seen).toEqual(['POST 200', 'GET 200'])
    const sent = { 'x-app': 'studio', 'x-trace': 'abc', authorization: 'Bearer t' }
    expect(server.received.map(({ headers }) => headers)).toEqual([
      expect.objectContaining({ ...sent, 'content-type': 'application/json' }),
      expect.objectContaining(sent),
    ])
  })

  it('may renew a token and have the request sent once more', async () => {
    let token = 'old'
    server.answer = (response, received) =>
      (received.headers['authorization'] === 'new' ? json({ task }) : problem('unauthenticated', 401))(
        response,
        received,
      )
    const api = ky.extend({
      hooks: {
        beforeRequest: [({ request }) => request.headers.set('authorization', token)],
        afterResponse: [
          ({ request, response }) => {
            if (response.status !== 401) return undefined
            token = 'new'
            request.headers.set('authorization', token)
            return ky.retry({ request })
          },
        ],
      },
    })
    const created = await server.open({ ky: api }).createBackgroundTask(input)
    expect(created.taskId).toBe('task-1')
    const [first, second] = server.received
    expect(server.received.length).toBe(2)
    // Both requests carry one key, so they create one task, whichever arrives.
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
    expect(second?.body).toEqual(first?.body)
  })

  it('is refused for good when its token cannot be renewed, though its hook asks again and again', async () => {
    server.answer = problem('unauthenticated', 401)
    const api = ky.extend({
      hooks: {
        afterResponse: [({ response, request }) => (response.status === 401 ? ky.retry({ request }) : undefined)],
      },
    })
    const service = server.open({ ky: api })
    expect(await failureOf(service.getStatus('task-1'))).toMatchObject({ code: 'unauthenticated', retryable: false })
    expect(server.received.length).toBe(2)
  })

  it.each([
    { methods: ['get', 'post'] },
    { limit: 0, methods: ['post'] },
    { limit: 5, methods: ['get', 'post'], shouldRetry: () => true, retryOnTimeout: true },
  ] as const)('sends a create once, though the connection breaks, with retry %o', async (retry) => {
    let sent = 0
    const fetch = async () => {
      sent += 1
      throw new TypeError('Failed to fetch')
    }
    const api = ky.extend({ retry: { ...retry, methods: [...retry.methods] }, fetch })
    expect(await failureOf(server.open({ ky: api }).createBackgroundTask(input))).toMatchObject({
      code: 'network_error',
      message: expect.stringContaining('cannot be reached'),
    })
    expect(sent).toBe(1)
  })

  it('sends a create once, though an `init` hook sets retries, and keeps what else the hook sets', async () => {
    const sent: Request[] = []
    const api = ky.extend({
      hooks: {
        init: [
          (options) => {
            options.headers = new Headers(options.headers as Headers)
            options.headers.set('x-app', 'studio')
            options.retry = { limit: 5, methods: ['get', 'post'], delay: () => 0 }
            options.throwHttpErrors = true
            options.timeout = false
          },
        ],
      },
      fetch: async (request) => {
        sent.push(request as Request)
        throw new TypeError('Failed to fetch')
      },
    })
    expect(await failureOf(server.open({ ky: api }).createBackgroundTask(input))).toMatchObject({
      code: 'network_error',
    })
    expect(sent.map((request) => request.headers.get('x-app'))).toEqual(['studio'])
  })

  it('waits as long as we do, whatever its own times are', async () => {
    const slow = Promise.withResolvers<Response>()
    const api = ky.extend({ totalTimeout: 1, timeout: 1, fetch: async () => slow.promise })
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const reading = server.open({ ky: api }).getStatus('task-1')
    await vi.advanceTimersByTimeAsync(9_000)
    slow.resolve(Response.json({ task }))
    expect((await reading).taskId).toBe('task-1')
  })

  it.each([{}, 'ky', fetch])('is refused at once when it is none: %o', (none) => {
    expect(() => server.open({ ky: none as never })).toThrow('takes a ky instance as `ky`')
  })

  it('does not repeat what fails, nor throw errors of its own', async () => {
    server.answer = html(503)
    const api = ky.extend({ retry: { limit: 5, methods: ['get', 'post'], statusCodes: [503] }, throwHttpErrors: true })
    expect(await failureOf(server.open({ ky: api }).getStatus('task-1'))).toMatchObject({ status: 503 })
    expect(server.received.length).toBe(1)
  })

  it('does not move the address by its prefix', async () => {
    const api = ky.extend({ prefix: 'https://elsewhere.example/v1' })
    await server.open({ ky: api }).getStatus('task-1')
    expect(server.received[0]?.url.pathname).toBe('/api/jobs')
  })

  it('adds its own search parameters to ours', async () => {
    const api = ky.extend({ searchParams: { tenant: 'acme' } })
    await server.open({ ky: api }).getStatus('task-1')
    expect(server.received[0]?.url.search).toBe('?action=status&taskId=task-1&tenant=acme')
  })

  it('may answer by a `fetch` of its own', async () => {
    const api = ky.extend({ fetch: async () => Response.json({ task }) })
    expect((await server.open({ ky: api }).getStatus('task-1')).taskId).toBe('task-1')
    expect(server.received).toEqual([])
  })

  it('may end a request without an answer', async () => {
    server.answer = problem('unauthenticated', 401)
    const api = ky.extend({
      hooks: { afterResponse: [({ request }) => ky.retry({ request })], beforeRetry: [() => ky.stop] },
    })
    expect(await failureOf(server.open({ ky: api }).getStatus('task-1'))).toMatchObject({
      code: 'network_error',
      message: expect.stringContaining('could not be made'),
    })
    expect(server.received.length).toBe(1)
  })

  it('is told in the error what went wrong when a hook of its fails', async () => {
    const cause = new Error('The tracer is gone.')
    const api = ky.extend({
      hooks: {
        beforeRequest: [
          () => {
            throw cause
          },
        ],
      },
    })
    const failure = await failureOf(server.open({ ky: api }).getStatus('task-1'))
    expect(failure).toMatchObject({
      code: 'network_error',
      cause,
      message: expect.stringContaining('could not be made'),
    })
    expect(server.received).toEqual([])
  })
})
