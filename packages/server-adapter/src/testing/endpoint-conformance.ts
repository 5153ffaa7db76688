import { afterAll, beforeAll, describe } from 'vitest'
import { describeAddressing } from './endpoint/addressing.js'
import { describeBatching } from './endpoint/batching.js'
import { describeCancelling } from './endpoint/cancelling.js'
import { describeCreating } from './endpoint/creating.js'
import { describeDeleting } from './endpoint/deleting.js'
import { createEndpointCaller } from './endpoint/endpoint-caller.js'
import { describeHealth } from './endpoint/health.js'
import { describeListing } from './endpoint/listing.js'
import { describeOperating } from './endpoint/operating.js'
import { describePrivacy } from './endpoint/privacy.js'
import { describeReading } from './endpoint/reading.js'
import { describeRefusing } from './endpoint/refusing.js'
import { describeRetrying } from './endpoint/retrying.js'
import { describeTransporting } from './endpoint/transporting.js'
import { describeWaiting } from './endpoint/waiting.js'
import { describeWatching } from './endpoint/watching.js'
import { describeWorking } from './endpoint/working.js'

/**
 * - `sockets`: `url` is a real address of a server that listens, and not only something that `fetch` knows what to do with.
 * - `operations`: it has the actions `stats` and `openapi`, which no client of tasks needs.
 */
export type EndpointCapability = 'sockets' | 'operations'

export interface OpenEndpoint {
  /** Absolute, without a query. */
  url: string
  /** Default: the global one. */
  fetch?: typeof globalThis.fetch
  close(): Promise<void>
}

export interface EndpointUnderTest {
  /**
   * Opens an endpoint without tasks that serves `endpointTasks` as their payloads ask for (`endpointGenerators` do), to
   * `endpointPeople` by their bearer tokens, starts tasks at once and retries them within a second. Called once.
   */
  open(): Promise<OpenEndpoint>
  /** Default: none. */
  capabilities?: readonly EndpointCapability[]
}

/** Everything that `/api/jobs?action=…` promises, whoever serves it, driven by requests alone. */
export function describeTaskEndpoint(name: string, { open, capabilities = [] }: EndpointUnderTest): void {
  describe(`task endpoint: ${name}`, { timeout: 30_000 }, () => {
    let opened: OpenEndpoint
    beforeAll(async () => {
      opened = await open()
    }, 120_000)
    afterAll(() => opened.close())

    const endpoint = () => opened
    const caller = createEndpointCaller(endpoint)
    describe('an address', () => describeAddressing(endpoint))
    describe('create', () => describeCreating(caller))
    describe('a batch', () => describeBatching(caller))
    describe('status', () => describeReading(caller))
    describe('ETag and wait', () => describeWaiting(caller))
    describe('a task', () => describeWorking(caller))
    describe('cancel', () => describeCancelling(caller))
    describe('retry', () => describeRetrying(caller))
    describe('list', () => describeListing(caller))
    describe('delete', () => describeDeleting(caller))
    describe('health', () => describeHealth(caller))
    describe('events', () => describeWatching(caller))
    describe('privacy', () => describePrivacy(caller))
    describe('refuses with a problem document', () => describeRefusing(caller))

    if (capabilities.includes('operations')) describe('operations', () => describeOperating(caller))
    if (capabilities.includes('sockets')) describe('over a socket', () => describeTransporting(endpoint, caller))
  })
}
