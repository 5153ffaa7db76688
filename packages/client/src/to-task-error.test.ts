import { describe, expect, it } from 'vitest'
import {
  type Answer,
  failureOf,
  html,
  input,
  json,
  problem,
  task,
  createAnsweringServer,
} from './answering-server.fixture.js'

const server = createAnsweringServer()

describe('a failed request', () => {
  it('is the error of its problem document', async () => {
    const issues = [{ path: ['payload', 'budget'], message: 'Too small' }]
    server.answer = json(
      { code: 'invalid_payload', detail: 'budget is too small', status: 422, retryable: false, traceId: 'ab', issues },
      422,
    )
    await expect(failureOf(server.open().createBackgroundTask(input))).resolves.toMatchObject({
      code: 'invalid_payload',
      message: 'budget is too small',
      status: 422,
      traceId: 'ab',
      issues,
    })
    expect(server.lines.at(-1)).toMatchObject({
      level: 'warn',
      fields: { action: 'create', code: 'invalid_payload', traceId: 'ab' },
    })
  })

  it('says in plain words that it got nonsense, and to the log what a developer needs', async () => {
    const service = server.open()
    const before = server.lines.length
    for (const answer of [html(404), json({ tasks: 'none' }), html(401)]) {
      server.answer = answer
      const { message } = await failureOf(service.getStatus('task-1'))
      expect(message).not.toMatch(/server|mounted|token|text|HTTP|\d/)
    }
    const reasons = server.lines
      .slice(before)
      .flatMap(({ message, fields }) => (/failed/.test(message) ? [fields['reason']] : []))
    expect(reasons).toHaveLength(3)
    for (const reason of reasons)
      expect(reason).toMatch(/\(\d+, .*\) is not one of a task server. Check that one is mounted/)
  })

  it('says how long to wait, from seconds or from a date', async () => {
    server.answer = problem('rate_limited', 429, { 'retry-after': '7' })
    await expect(server.open().getStatus('task-1')).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000 })
    server.answer = problem('store_unavailable', 503, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() })
    const { retryAfterMs } = await failureOf(server.open().getStatus('task-1'))
    expect(retryAfterMs).toBeGreaterThan(50_000)
    expect(retryAfterMs).toBeLessThanOrEqual(60_000)
  })

  it('is sent once: nothing in here retries', async () => {
    server.answer = problem('store_unavailable', 503)
    await failureOf(server.open().getStatus('task-1'))
    await failureOf(server.open().createBackgroundTask(input))
    expect(server.received).toHaveLength(2)
  })

  it.each<[string, Answer, object]>([
    ['a gateway’s page', html(502), { code: 'invalid_response', status: 502, retryable: true }],
    ['a page where the protocol should be', html(404), { code: 'invalid_response', status: 404, retryable: false }],
    ['a page with status 200', html(200), { code: 'invalid_response' }],
    ['a gateway’s own 401', html(401), { code: 'unauthenticated', status: 401 }],
    ['a gateway’s own 413', html(413), { code: 'payload_too_large', status: 413 }],
    [
      'a code of a newer server',
      json({ code: 'moon_phase', detail: 'Wait for the moon.' }, 400),
      { code: 'invalid_response', message: 'Wait for the moon.' },
    ],
    ['an empty answer', (response) => response.writeHead(200).end(), { code: 'invalid_response' }],
    ['JSON cut short', (response) => response.writeHead(200).end('{"task":'), { code: 'invalid_response' }],
    ['null', json(null), { code: 'invalid_response' }],
    ['a task without an id', json({ task: { ...task, taskId: 7 } }), { code: 'invalid_response' }],
    ['a status that nobody knows', json({ task: { ...task, status: 'paused' } }), { code: 'invalid_response' }],
    ['a version that is no number', json({ task: { ...task, version: '1' } }), { code: 'invalid_response' }],
    [
      'a connection cut before the head',
      (response) => response.socket?.destroy(),
      { code: 'network_error', status: 0 },
    ],
    [
      'a connection cut inside the body',
      (response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{"task"', () => response.socket?.destroy())
      },
      { code: 'network_error', retryable: true },
    ],
  ])('names %s', async (_name, given, expected) => {
    server.answer = given
    await expect(failureOf(server.open().getStatus('task-1'))).resolves.toMatchObject(expected)
  })

  it('is a network error where nobody listens', async () => {
    const service = server.open()
    await server.close()
    await expect(failureOf(service.getStatus('task-1'))).resolves.toMatchObject({
      code: 'network_error',
      retryable: true,
    })
  })

  it('names a payload that is no JSON before anything is sent', async () => {
    const payload = { ...input.payload, notes: 1n as unknown as string }
    await expect(failureOf(server.open().createBackgroundTask({ ...input, payload }))).resolves.toMatchObject({
      code: 'invalid_payload',
    })
    expect(server.received).toHaveLength(0)
  })
})
