import { describe, expect, it } from 'vitest'
import { memoryQueue } from '../../src/memory.js'
import { sampleServer, sampleTasks } from '../fixtures/sample-tasks.js'
import { documented, takeUndocumented } from './documented.js'

const HEADERS = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }
const JSON_HEADERS = { ...HEADERS, 'content-type': 'application/json' }
const PROBLEM = {
  type: 'https://brandkit.dev/problems/task_not_found',
  title: 'There is no such task',
  status: 404,
  detail: 'There is no such task.',
  code: 'task_not_found',
  retryable: false,
  traceId: '0'.repeat(32),
}

/** The complaints about an answer of a foreign server. */
async function noted(response: Response, query = 'action=list', init?: RequestInit): Promise<string[]> {
  const server = documented(
    { ...sampleServer(), handler: () => Promise.resolve(response) },
    { catalog: sampleTasks, queue: memoryQueue() },
  )
  const answer = await server.handler(new Request(`http://app.test/api/jobs?${query}`, init))
  await answer.text()
  return takeUndocumented()
}

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), { headers: JSON_HEADERS, ...init })
const problem = (change: object, status = 404) =>
  json({ ...PROBLEM, ...change }, { status, headers: { ...HEADERS, 'content-type': 'application/problem+json' } })
const stream = (text: string) =>
  new Response(text, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    },
  })
const page = { tasks: [], nextCursor: null }

describe('an answer that the document describes', () => {
  it.each([
    ['a page', json(page), 'action=list'],
    ['a problem', problem({}), 'action=status&taskId=a'],
    ['a stream', stream('retry: 1000\n\nevent: snapshot\ndata: {"tasks":[]}\n\n: beat\n\n'), 'action=events'],
    ['the end of a stream', new Response(null, { status: 204, headers: HEADERS }), 'action=events'],
  ])('passes: %s', async (_, response, query) => {
    expect(await noted(response, query)).toEqual([])
  })
})

describe('an answer that the document does not describe', () => {
  it.each([
    ['a status', json(page, { status: 201 }), 'action=list', 'the status 201 is not documented'],
    ['a problem of another action', problem({}), 'action=list', 'the status 404 is not documented'],
    ['a code of another action', problem({ code: 'not_found' }), 'action=status&taskId=a', '/code'],
    ['a code that no table has', problem({ code: 'oops' }), 'action=status&taskId=a', '/code'],
    [
      'a content type',
      json(page, { headers: { ...HEADERS, 'content-type': 'text/html' } }),
      'action=list',
      'text/html',
    ],
    ['no content type', new Response(null, { headers: HEADERS }), 'action=list', 'the content type is missing'],
    ['a header', json(page, { headers: { ...JSON_HEADERS, 'x-powered-by': 'us' } }), 'action=list', 'x-powered-by'],
    [
      'a missing header',
      json(page, { headers: { 'content-type': 'application/json' } }),
      'action=list',
      'Cache-Control',
    ],
    [
      'a value of a header',
      json(page, { headers: { ...JSON_HEADERS, 'cache-control': 'public' } }),
      'action=list',
      'header cache-control',
    ],
    ['a field', json({ ...page, total: 0 }), 'action=list', 'total'],
    ['a field of a task', json({ ...page, tasks: [{ tenantId: 'acme' }] }), 'action=list', '/tasks/0'],
    ['a missing field', json({ tasks: [] }), 'action=list', 'nextCursor'],
    ['an event', stream('event: gossip\ndata: {}\n\n'), 'action=events', '/event'],
    ['a field of an event', stream('event: end\ndata: {"why":"so"}\n\n'), 'action=events', 'why'],
  ])('is noted, and fails its test: %s', async (_, response, query, part) => {
    expect((await noted(response, query)).join('\n')).toContain(part)
  })
})
