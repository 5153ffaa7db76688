export { type NodeHandler, toNode } from './integrations/node.js'
export { type FetchServer } from './integrations/fetch-server.js'
