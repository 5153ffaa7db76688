import type { HttpAnswer, HttpRequest } from './http-exchange.js'

/** Answers a request without web objects; for the mounts on Node's own HTTP. */
type Answer = (request: HttpRequest) => Promise<HttpAnswer>

interface FetchServer {
  handler: (request: Request) => Promise<Response>
}

// Keyed by the handler instead of the server: an app may copy the server with a handler that checks more, and mounts must
// call that handler. The handler of another copy of this package has no door here, so mounts call it too.
const doors = new WeakMap<FetchServer['handler'], Answer>()

/** Gives the server a second door, which answers as its handler does. */
export function withDirectDoor<S extends FetchServer>(server: S, answer: Answer): S {
  doors.set(server.handler, answer)
  return server
}

/** The direct door of a server; undefined if an app has written or wrapped the handler. */
export function directDoorOf({ handler }: FetchServer): Answer | undefined {
  return doors.get(handler)
}
