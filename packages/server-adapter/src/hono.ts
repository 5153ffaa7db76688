export { toHono } from './integrations/hono.js'
export { type FetchServer } from './integrations/fetch-server.js'
