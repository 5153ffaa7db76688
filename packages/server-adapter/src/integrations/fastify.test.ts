import fastify from 'fastify'
import { describeMount } from '../testing/mount-conformance.js'
import { toFastify } from './fastify.js'

describeMount('Fastify', async (server) => {
  const app = fastify({ forceCloseConnections: true })
  await app.register(async (api) => api.register(toFastify(server), { prefix: '/jobs' }), { prefix: '/app/api' })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url: `${origin}/app/api/jobs`, close: () => app.close() }
})
