import express, { type RequestHandler } from 'express'
import { gzipSync } from 'node:zlib'
import { createServer, type IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { signDelivery } from '../testing/qstash/sign-delivery.js'
import { exchange } from '../testing/exchange.js'
import { listen } from '../../proofs/fixtures/listen.js'
import { describeTaskEndpoint } from '../testing/endpoint-conformance.js'
import { openEndpoint } from '../testing/endpoint-server.js'
import { describeMount } from '../testing/mount-conformance.js'
import type { OpenMount } from '../testing/mount/mount-in-hand.js'
import { memoryStore } from '../memory.js'
import { qstashQueue } from '../queue/qstash/qstash-queue.js'
import { report, sampleOptions } from '../../proofs/fixtures/sample-tasks.js'
import { createDocumentedServer } from '../../proofs/openapi/documented.js'
import { createTaskServer } from '../create-task-server.js'
import { toExpress } from './express.js'
import type { FetchServer } from './fetch-server.js'

/** Mounts the server inside a router, as large apps do. */
async function openExpress(server: FetchServer): Promise<OpenMount> {
  const api = express.Router()
  api.use('/jobs', toExpress(server))
  const app = express().use('/app/api', api)
  const { origin, close } = await listen(createServer(app))
  return { url: `${origin}/app/api/jobs`, close }
}

describeMount('Express', openExpress)
describeTaskEndpoint('Express', { open: () => openEndpoint(openExpress), capabilities: ['sockets', 'operations'] })

const deliveryUrl = 'https://app.test/api/jobs?action=process'
const json = { 'content-type': 'application/json', 'x-user': 'ada' }
/** JSON with spaces that `JSON.stringify` would leave out. */
const spaced = '{ "tick": true }'
const sign = (body: string) => ({
  ...json,
  'upstash-signature': signDelivery({ url: deliveryUrl, body, signingKey: 'current' }),
})

/** Starts a server for QStash, behind the given middlewares. */
async function openServer(create: typeof createTaskServer, middlewares: readonly RequestHandler[]) {
  const options = sampleOptions(undefined, {
    store: memoryStore(),
    queue: qstashQueue({
      token: 'token',
      publicUrl: 'https://app.test/api/jobs',
      currentSigningKey: 'current',
      nextSigningKey: 'next',
      client: { batchJSON: async () => {} },
    }),
  })
  const server = create(options)
  const app = express()
  for (const middleware of middlewares) app.use(middleware)
  app.use('/api/jobs', toExpress(server))
  const { origin, close } = await listen(createServer(app))
  return {
    post: (action: string, body: string | Uint8Array, headers: Record<string, string> = json) =>
      exchange(`${origin}/api/jobs?action=${action}`, { method: 'POST', headers, pieces: [body] }),
    async close() {
      await close()
      await server.stop()
    },
  }
}

describe.each([
  ['directly', createTaskServer],
  ['through a wrapped handler', createDocumentedServer],
])('Express behind a body parser, %s', (_path, createServerOf) => {
  const openBehind = (...middlewares: RequestHandler[]) => openServer(createServerOf, middlewares)

  it('creates from the parsed body, and takes deliveries whose bytes come out the same', async () => {
    const { post, close } = await openBehind(express.json())
    expect(await post('create', JSON.stringify(report, null, 2))).toMatchObject({ status: 202 })
    expect(await post('process', '{"tick":true}', sign('{"tick":true}'))).toMatchObject({ status: 200 })
    expect(await post('process', spaced, sign(spaced))).toMatchObject({ status: 401 })
    await close()
  })

  it.each([
    ['behind express.json, which unpacks it', [express.json()], 202],
    ['without a parser', [], 415],
  ])('answers a compressed body %s', async (_, parsers, status) => {
    const { post, close } = await openBehind(...parsers)
    const packed = gzipSync(JSON.stringify(report))
    expect(await post('create', packed, { ...json, 'content-encoding': 'gzip' })).toMatchObject({ status })
    await close()
  })

  it.each([
    ['express.raw', express.raw({ type: '*/*' })],
    ['express.text', express.text({ type: '*/*' })],
    [
      'express.json that keeps rawBody',
      express.json({
        verify(request: IncomingMessage & { rawBody?: Buffer }, _response, bytes) {
          request.rawBody = bytes
        },
      }),
    ],
  ])('verifies every signature behind %s', async (_, parser) => {
    const { post, close } = await openBehind(parser)
    expect(await post('process', spaced, sign(spaced))).toMatchObject({ status: 200 })
    expect(await post('process', spaced, sign('{ "tick": false }'))).toMatchObject({ status: 401 })
    await close()
  })

  it('says so when nothing is left of the body', async () => {
    const { post, close } = await openBehind((request, _response, next) => void request.resume().on('end', next))
    const { status, body } = await post('create', JSON.stringify(report))
    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ code: 'invalid_request', detail: expect.stringContaining('has read it') })
    await close()
  })

  it('refuses a body that is nested too deep to be written again', async () => {
    const { post, close } = await openBehind(express.json({ limit: '1mb' }))
    const { status, body } = await post('create', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ code: 'invalid_request' })
    await close()
  })
})

describe('an app of Express', () => {
  it('keeps the headers and cookies that it has set before', async () => {
    const app = express()
      .use((_request, response, next) => {
        response.set('x-frame-options', 'DENY').cookie('seen', '1')
        next()
      })
      .use('/api/jobs', toExpress({ handler: async () => new Response('content') }))
    const { origin, close } = await listen(createServer(app))
    const { headers } = await exchange(`${origin}/api/jobs`)
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'set-cookie': ['seen=1; Path=/'] })
    await close()
  })
})
