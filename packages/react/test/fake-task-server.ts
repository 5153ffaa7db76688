import {
  createFakeTaskServer as createServer,
  type FakeTaskServer,
  type FakeTaskServerOptions,
} from '@brandkit/server-adapter/testing/fake-server'

export type { FakeTaskServer, FakeTaskServerOptions } from '@brandkit/server-adapter/testing/fake-server'

/** A server that clients poll without delay; only tests move its tasks. */
export function createFakeTaskServer(options: FakeTaskServerOptions = {}): FakeTaskServer {
  return createServer({ scenario: null, pollAfterMs: 20, ...options })
}
