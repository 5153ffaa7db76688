import type { FastifyPluginCallback } from 'fastify'
import { NodeRequest } from 'srvx/node'
import type { FetchServer } from './fetch-server.js'

export { type FetchServer } from './fetch-server.js'

/**
 * Mounts a task server on Fastify, as a plugin: `app.register(toFastify(server), { prefix: '/api/jobs' })`.
 *
 * The app's hooks and plugins (for example CORS) apply. Its body parsers and `bodyLimit` do not, because the server counts
 * the bytes itself and checks signatures over the original bytes.
 */
export function toFastify(server: FetchServer): FastifyPluginCallback {
  return (app, _options, done) => {
    // Fastify limits this change to the plugin, so the app keeps its parsers.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _body, parsed) => parsed(null))
    app.all('/', (request, reply) => server.handler(new NodeRequest({ req: request.raw, res: reply.raw })))
    done()
  }
}
