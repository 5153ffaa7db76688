export { toExpress } from './integrations/express.js'
export { type FetchServer } from './integrations/fetch-server.js'
