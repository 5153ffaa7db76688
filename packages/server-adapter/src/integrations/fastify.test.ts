import fastify from 'fastify'
import { describeTaskEndpoint } from '../testing/endpoint-conformance.js'
import { openEndpoint } from '../testing/endpoint-server.js'
import { describeMount, type OpenMount } from '../testing/mount-conformance.js'
import { toFastify } from './fastify.js'
import type { FetchServer } from './fetch-server.js'

/** Inside a plugin with a prefix, as large apps have it. */
async function openFastify(server: FetchServer): Promise<OpenMount> {
  const app = fastify({ forceCloseConnections: true })
  await app.register(async (api) => api.register(toFastify(server), { prefix: '/jobs' }), { prefix: '/app/api' })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url: `${origin}/app/api/jobs`, close: () => app.close() }
}

describeMount('Fastify', openFastify)
describeTaskEndpoint('Fastify', { open: () => openEndpoint(openFastify), capabilities: ['sockets'] })
