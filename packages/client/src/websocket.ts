export { createWebSocketTransport, type WebSocketTransportOptions } from './websocket-transport.js'
