import { describeTaskEndpoint } from './endpoint-conformance.js'
import { createEndpointServer } from './endpoint-server.js'

// What Bun, Deno and Workers are given: `server.handler`, a function from Request to Response.
describeTaskEndpoint('fetch', {
  capabilities: ['operations'],
  async open() {
    const server = createEndpointServer()
    await server.start()
    return {
      url: 'https://app.test/api/jobs',
      fetch: (input, init) => server.handler(new Request(input, init)),
      close: () => server.stop(),
    }
  },
})
