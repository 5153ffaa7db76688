import type { FastifyPluginCallback } from 'fastify'
import { NodeRequest } from 'srvx/node'
import { directDoorOf } from '../http/direct-door.js'
import { toWeb } from '../http/web-border.js'
import type { FetchServer } from './fetch-server.js'
import { fromNode } from './node-border.js'

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
    app.all('/', async ({ raw: request }, reply) => {
      const response = reply.raw
      const answerDirectly = directDoorOf(server)
      if (!answerDirectly) return server.handler(new NodeRequest({ req: request, res: response }))
      const answer = await answerDirectly(fromNode(request, response))
      if (answer.body instanceof ReadableStream) return toWeb(answer)
      return reply.code(answer.status).headers(answer.headers).send(answer.body)
    })
    done()
  }
}
