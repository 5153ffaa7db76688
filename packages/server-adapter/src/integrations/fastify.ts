import type { FastifyPluginCallback } from 'fastify'
import { NodeRequest } from 'srvx/node'
import type { FetchServer } from './fetch-server.js'

export { type FetchServer } from './fetch-server.js'

/**
 * Mounts a task server on Fastify, as a plugin: `app.register(toFastify(server), { prefix: '/api/jobs' })`.
 *
 * The app's hooks and plugins (CORS, say) apply. Its body parsers and `bodyLimit` do not, because the server counts the bytes
 * itself and checks signatures over them as they came.
 */
export function toFastify(server: FetchServer): FastifyPluginCallback {
  return (app, _options, done) => {
    // Inside this plugin alone: Fastify keeps parsers where they were added.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _body, parsed) => parsed(null))
    app.all('/', (request, reply) => server.handler(new NodeRequest({ req: request.raw, res: reply.raw })))
    done()
  }
}
