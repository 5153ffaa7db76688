import { createFakeTaskServer as createServer, type FakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

export type { FakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

/** A server whose tasks a test moves itself, and which is asked again at once. */
export function createFakeTaskServer(): FakeTaskServer {
  return createServer({ scenario: null, pollAfterMs: 20 })
}
