export { type FetchServer, toNode } from './integrations/node.js'
