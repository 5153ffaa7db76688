import { afterAll, beforeAll, describe } from 'vitest'
import { createEndpointCaller, type OpenEndpoint } from './endpoint/endpoint-caller.js'
import { describeOperating } from './endpoint/operating.js'
import { describeBudget } from './endpoint/spending.js'
import { describeProtocol } from './endpoint/protocol.js'
import { describeTransporting } from './endpoint/transporting.js'

/**
 * - `sockets`: `url` is the real address of a listening server, not only a URL that the given `fetch` understands.
 * - `operations`: the endpoint has the actions `stats` and `openapi`, and the budgets of `endpointLimits` and `endpointTiers`, which task clients do not need.
 */
export type EndpointCapability = 'sockets' | 'operations'

export interface EndpointUnderTest {
  /**
   * Opens an endpoint without tasks. It serves `endpointTasks`, whose payloads say what happens (see `endpointGenerators`),
   * within `endpointLimits`, to `endpointPeople` by their bearer tokens, as far as `authorizeEndpoint` lets them. It starts
   * tasks at once and retries them within a second. With `operations` it also has the targets of `endpointNotify`. Called once.
   */
  open(): Promise<OpenEndpoint>
  /** Default: none. */
  capabilities?: readonly EndpointCapability[]
}

/** Everything that `/api/jobs?action=…` promises on any server, tested through requests only. */
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
    if (capabilities.includes('operations')) {
      describe('operations', () => describeOperating(caller))
      describe('a budget', () => describeBudget(caller))
    }
    if (capabilities.includes('sockets')) describe('over a socket', () => describeTransporting(endpoint, caller))
  })
}
