export { toNodeUpgrade } from './integrations/node-upgrade.js'
export {
  EVENTS_PROTOCOL,
  type EventsServer,
  MOST_INCOMING_BYTES,
  toWebSocketHooks,
} from './integrations/websocket-hooks.js'
