import { createFakeTaskServer as createServer, type FakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

export type { FakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

/** A server that clients poll without delay; only tests move its tasks. */
export function createFakeTaskServer(): FakeTaskServer {
  return createServer({ scenario: null, pollAfterMs: 20 })
}
