import { createAdaptorServer } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { compress } from 'hono/compress'
import type { Server } from 'node:http'
import { describe, expect, it } from 'vitest'
import { listen } from '../../proofs/fixtures/listen.js'
import { documented } from '../../proofs/openapi/documented.js'
import { memoryQueue } from '../memory.js'
import { endpointTasks } from '../testing/endpoint/endpoint-tasks.js'
import { describeTaskEndpoint } from '../testing/endpoint-conformance.js'
import { openEndpoint } from '../testing/endpoint-server.js'
import { describeMount } from '../testing/mount-conformance.js'
import type { OpenMount } from '../testing/mount/mount-in-hand.js'
import type { FetchServer } from './fetch-server.js'
import { toHono } from './hono.js'

/** Mounts the server as a route of an app that is part of another app. */
async function openHono(server: FetchServer): Promise<OpenMount> {
  const api = new Hono().all('/jobs/*', toHono(server))
  const app = new Hono().use(compress()).route('/app/api', api)
  const { origin, close } = await listen(createAdaptorServer({ fetch: app.fetch }) as Server)
  return { url: `${origin}/app/api/jobs`, close }
}

describeMount('Hono', openHono)
describeTaskEndpoint('Hono, whose answers are compared with the OpenAPI document', {
  open: () => openEndpoint((server) => openHono(documented(server, { catalog: endpointTasks, queue: memoryQueue() }))),
  capabilities: ['sockets', 'operations'],
})

const answerBody = async (request: Request) => new Response(await request.text().catch(() => 'cannot be read'))

/** Posts a body that a middleware reads first, and returns the body that the server gets. */
async function postBehind(read: (context: Context) => Promise<unknown>, body: string): Promise<string> {
  const app = new Hono()
    .use(async (context, next) => {
      await read(context)
      await next()
    })
    .all('/', toHono({ handler: answerBody }))
  return (await app.request('/', { method: 'POST', body })).text()
}

describe('Hono behind a middleware that has read the body', () => {
  const spaced = '{ "tick": true }'

  it.each([
    ['text', ({ req }: Context) => req.text()],
    ['JSON', ({ req }: Context) => req.json()],
    ['bytes', ({ req }: Context) => req.arrayBuffer()],
  ])('as %s hands over the same bytes, for signatures cover them', async (_, read) => {
    expect(await postBehind(read, spaced)).toBe(spaced)
  })

  it('past Hono lets the server say that it cannot be read', async () => {
    expect(await postBehind(({ req }) => req.raw.text(), spaced)).toBe('cannot be read')
  })
})
