export { toNext } from './integrations/next.js'
export { type FetchServer } from './integrations/fetch-server.js'
