export { toNode } from './integrations/node.js'
export { type NodeHandler } from './integrations/serve-node.js'
export { type FetchServer } from './integrations/fetch-server.js'
