export { toNode } from './integrations/node.js'
export { type FetchServer } from './integrations/fetch-server.js'
