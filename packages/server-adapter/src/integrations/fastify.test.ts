import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { describeTaskEndpoint } from '../testing/endpoint-conformance.js'
import { openEndpoint } from '../testing/endpoint-server.js'
import { describeMount } from '../testing/mount-conformance.js'
import type { OpenMount } from '../testing/mount/mount-in-hand.js'
import { toFastify } from './fastify.js'
import type { FetchServer } from './fetch-server.js'

/** Mounts the server inside a plugin with a prefix, as large apps do. */
async function openFastify(server: FetchServer): Promise<OpenMount> {
  const app = fastify({ forceCloseConnections: true })
  await app.register(async (api) => api.register(toFastify(server), { prefix: '/jobs' }), { prefix: '/app/api' })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url: `${origin}/app/api/jobs`, close: () => app.close() }
}

describeMount('Fastify', openFastify)
describeTaskEndpoint('Fastify', { open: () => openEndpoint(openFastify), capabilities: ['sockets', 'operations'] })

describe('an app of Fastify', () => {
  it('applies its hooks', async () => {
    const app = fastify().addHook('onRequest', (request, reply, next) => {
      reply.header('x-frame-options', 'DENY')
      if (request.headers.authorization === undefined) reply.code(403).send('not you')
      else next()
    })
    await app.register(toFastify({ handler: async () => new Response('content') }), { prefix: '/api/jobs' })
    expect((await app.inject('/api/jobs')).statusCode).toBe(403)
    const { headers, body } = await app.inject({ url: '/api/jobs', headers: { authorization: 'Bearer ada' } })
    expect({ headers, body }).toMatchObject({ headers: { 'x-frame-options': 'DENY' }, body: 'content' })
    await app.close()
  })

  it('keeps its parsers everywhere else', async () => {
    const app = fastify()
    await app.register(toFastify({ handler: async (request) => new Response(await request.text()) }), {
      prefix: '/api/jobs',
    })
    app.post('/other', async ({ body }) => body)
    const post = async (url: string) =>
      (
        await app.inject({
          method: 'POST',
          url,
          payload: '{ "a": 1 }',
          headers: { 'content-type': 'application/json' },
        })
      ).body
    expect(await post('/api/jobs')).toBe('{ "a": 1 }')
    expect(await post('/other')).toBe('{"a":1}')
    await app.close()
  })
})
