export { toExpress } from './integrations/express.js'
export { type FetchServer } from './integrations/fetch-server.js'
export { type NodeHandler } from './integrations/serve-node.js'
