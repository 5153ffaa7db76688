import { createServer } from 'node:http'
import { brandTasks, silentLogger } from '@brandkit/core'
import { createAdaptorServer } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import type { Server } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listen } from '../../../proofs/fixtures/listen.js'
import { connectMcp, openMcp } from '../../../proofs/fixtures/open-mcp.js'
import { ada, sampleOptions } from '../../../proofs/fixtures/sample-tasks.js'
import { createTaskServer } from '../../create-task-server.js'
import { memoryQueue, memoryStore } from '../../memory.js'
import { toExpress } from '../express.js'
import { toFastify } from '../fastify.js'
import { toHono } from '../hono.js'
import { toNext } from '../next.js'
import { toNode } from '../node.js'
import { toMcp } from './mcp.js'

const LIST = { jsonrpc: '2.0', id: 7, method: 'tools/list' }

/** Posts to an MCP address as no client of the SDK would. */
async function post(url: URL, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'x-user': 'ada',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('a request that /api/jobs would refuse', () => {
  it.each<[what: string, status: number, code: string, body: unknown, headers: Record<string, string>]>([
    ['without a user', 401, 'unauthenticated', LIST, { 'x-user': '' }],
    ['of another site', 403, 'cross_site_request', LIST, { origin: 'https://evil.example' }],
    ['that is no JSON', 400, 'invalid_request', '{', {}],
    ['that is a batch', 400, 'invalid_request', [LIST], {}],
    ['of another media type', 415, 'unsupported_media_type', LIST, { 'content-type': 'text/plain' }],
    ['that is too large', 413, 'payload_too_large', { ...LIST, x: 'x'.repeat(3_000_000) }, {}],
  ])('%s is refused with %i %s', async (_what, status, code, body, headers) => {
    const { url } = await openMcp()
    const answer = await post(url, body, headers)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(JSON.parse(answer.text)).toMatchObject({ status, code })
  })

  it('by its method names the one to use', async () => {
    const { url } = await openMcp()
    for (const method of ['GET', 'DELETE']) {
      const response = await fetch(url, { method, headers: { 'x-user': 'ada' } })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    }
  })

  it('streams past what compresses or keeps answers', async () => {
    const { url } = await openMcp()
    const { headers } = await post(url, LIST)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      'x-content-type-options': 'nosniff',
    })
  })

  it('fails the connection of a client without a user', async () => {
    const { connect } = await openMcp()
    await expect(connect(null)).rejects.toMatchObject({ code: 401 })
  })
})

describe('nonsense', () => {
  it.each<[what: string, body: object, code: number]>([
    ['an unknown method', { ...LIST, method: 'tools/eat' }, -32_601],
    ['the name of a member of every object', { ...LIST, method: 'constructor' }, -32_601],
    ['an unknown tool', { ...LIST, method: 'tools/call', params: { name: 'EAT', arguments: {} } }, -32_602],
    ['a tool without a generator', { ...LIST, method: 'tools/call', params: { name: 'UNSERVED' } }, -32_602],
    ['a call without a name', { ...LIST, method: 'tools/call', params: { arguments: [] } }, -32_602],
    ['a task id that is a number', { ...LIST, method: 'tasks/get', params: { taskId: 5 } }, -32_602],
    ['a task id that is none', { ...LIST, method: 'tasks/result', params: { taskId: "'; drop --" } }, -32_602],
    ['a page that there is not', { ...LIST, params: { cursor: 'x' } }, -32_602],
    ['a page of tasks that there is not', { ...LIST, method: 'tasks/list', params: { cursor: 'x' } }, -32_602],
    ['what only the newer revision has', { ...LIST, method: 'tasks/update', params: { taskId: 'x' } }, -32_601],
  ])('such as %s gets an error of JSON-RPC', async (_what, body, code) => {
    const { url } = await openMcp()
    const { text } = await post(url, body)
    expect(text).toContain(`"code":${code}`)
    expect(text).toContain('"id":7')
  })

  it('tells nothing of a mistake in the app', async () => {
    const { url } = await openMcp({
      options: { authorize: () => Promise.reject(new Error('database password is hunter2')) },
    })
    const { text } = await post(url, { ...LIST, method: 'tasks/list' })
    expect(text).toContain('"code":-32603')
    expect(text).toContain('internal_error')
    expect(text).not.toContain('hunter2')
  })
})

describe('every mount', () => {
  const mounts: Record<string, (server: ReturnType<typeof toMcp>) => Promise<{ origin: string; close(): unknown }>> = {
    Node: (server) => listen(createServer(toNode(server))),
    // The SDK's own examples read the body before.
    Express: (server) => listen(createServer(express().use(express.json()).use('/mcp', toExpress(server)))),
    Hono: (server) => listen(createAdaptorServer({ fetch: new Hono().all('/mcp', toHono(server)).fetch }) as Server),
    async Fastify(server) {
      const app = fastify()
      await app.register(toFastify(server), { prefix: '/mcp' })
      return { origin: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() }
    },
    Next: (server) => listen(createServer(toNode({ handler: toNext(server).POST }))),
  }

  it.each(Object.keys(mounts))('serves an MCP client: %s', async (name) => {
    const server = createTaskServer(sampleOptions())
    await server.start()
    const { origin, close } = await mounts[name]!(toMcp(server))
    onTestFinished(async () => {
      await server.stop()
      await close()
    })
    const client = await connectMcp(new URL('/mcp', origin))
    const told: number[] = []
    const result = await client.callTool({ name: 'MAKE_REPORT', arguments: { payload: { name: 'May' } } }, undefined, {
      onprogress: ({ progress }) => told.push(progress),
    })
    expect(result.structuredContent).toMatchObject({ status: 'completed', result: { reportId: 'r1' } })
    expect(told.at(-1)).toBe(100)
  })
})

it('describes all ten brand tasks in schemas that a client can compile', async () => {
  const generators = Object.fromEntries(
    Object.keys(brandTasks).map((type) => [type, () => Promise.reject(new Error())]),
  )
  const server = createTaskServer({
    catalog: brandTasks,
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: () => ({ ...ada, brandIds: '*' }),
    generators,
    logger: silentLogger,
  })
  const { origin, close } = await listen(createServer(toNode(toMcp(server))))
  onTestFinished(close)
  const client = await connectMcp(new URL('/mcp', origin))
  const { tools } = await client.listTools()
  expect(tools).toHaveLength(12)
  for (const { inputSchema, outputSchema } of tools) {
    expect(JSON.stringify([inputSchema, outputSchema])).not.toContain('#/components')
    expect(outputSchema?.properties).toHaveProperty('result')
  }
})
