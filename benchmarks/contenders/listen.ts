import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Listening {
  url: string
  close(): Promise<void>
}

/** Serves on a free port of 127.0.0.1. */
export async function listen(handler: RequestListener): Promise<Listening> {
  const http = createServer(handler).listen(0, '127.0.0.1')
  // With the default of 5 s, a connection may close at the moment when a busy client uses it again.
  http.keepAliveTimeout = 60_000
  await once(http, 'listening')
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/jobs`,
    async close() {
      const closed = once(http, 'close')
      http.close()
      http.closeAllConnections()
      await closed
    },
  }
}
