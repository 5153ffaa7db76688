export { toFastify } from './integrations/fastify.js'
export { type FetchServer } from './integrations/fetch-server.js'
