import { afterAll, beforeAll, describe } from 'vitest'
import { createEndpointCaller, type OpenEndpoint } from './endpoint/endpoint-caller.js'
import { describeOperating } from './endpoint/operating.js'
import { describeProtocol } from './endpoint/protocol.js'
import { describeTransporting } from './endpoint/transporting.js'

/**
 * - `sockets`: `url` is a real address of a server that listens, and not only something that `fetch` knows what to do with.
 * - `operations`: it has the actions `stats` and `openapi`, which no client of tasks needs.
 */
export type EndpointCapability = 'sockets' | 'operations'

export interface EndpointUnderTest {
  /**
   * Opens an endpoint without tasks that serves `endpointTasks` as their payloads ask for (`endpointGenerators` do), to
   * `endpointPeople` by their bearer tokens, starts tasks at once and retries them within a second. Called once.
   */
  open(): Promise<OpenEndpoint>
  /** Default: none. */
  capabilities?: readonly EndpointCapability[]
}

/** Everything that `/api/jobs?action=…` promises on any server, driven by requests alone. */
export function describeTaskEndpoint(name: string, { open, capabilities = [] }: EndpointUnderTest): void {
  describe(`task endpoint: ${name}`, { timeout: 30_000 }, () => {
    let opened: OpenEndpoint
    beforeAll(async () => {
      opened = await open()
    }, 120_000)
    afterAll(() => opened.close())

    const endpoint = () => opened
    const caller = createEndpointCaller(endpoint)
    describeProtocol(endpoint, caller)
    if (capabilities.includes('operations')) describe('operations', () => describeOperating(caller))
    if (capabilities.includes('sockets')) describe('over a socket', () => describeTransporting(endpoint, caller))
  })
}
