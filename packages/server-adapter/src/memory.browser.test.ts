import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEndpointCaller } from './testing/endpoint/endpoint-caller.js'
import { describeProtocol } from './testing/endpoint/protocol.js'
import type { OpenEndpoint } from './testing/endpoint/endpoint-caller.js'
import { createEndpointServer } from './testing/endpoint-server.js'

describe('a task server in memory, inside a page', () => {
  const server = createEndpointServer()
  const endpoint: OpenEndpoint = {
    url: 'https://app.test/api/jobs',
    fetch: async (resource, init) => server.handler(toRequest(resource, init)),
    close: async () => server.stop(),
  }
  beforeAll(async () => server.start())
  afterAll(async () => endpoint.close())

  it('runs without Node.js', () => {
    expect(globalThis).toHaveProperty('document')
    expect(globalThis).not.toHaveProperty('process.getBuiltinModule')
  })

  describeProtocol(
    () => endpoint,
    createEndpointCaller(() => endpoint),
  )
})

/** Makes a request with headers that pages may not set, such as `Origin`: a browser adds them on the way to a server. */
function toRequest(...[resource, init]: Parameters<typeof fetch>): Request {
  const request = new Request(resource, init)
  const headers = new Headers(request.headers)
  for (const [name, value] of new Headers(init?.headers)) headers.set(name, value)
  return Object.defineProperty(request, 'headers', { value: headers })
}
