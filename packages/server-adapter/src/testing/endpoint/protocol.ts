import { describe } from 'vitest'
import type { OpenEndpoint } from './endpoint-caller.js'
import { describeAddressing } from './addressing.js'
import { describeBatching } from './batching.js'
import { describeCancelling } from './cancelling.js'
import { describeCreating } from './creating.js'
import { describeColleagues } from './colleagues.js'
import { describeDeleting } from './deleting.js'
import type { EndpointCaller } from './endpoint-caller.js'
import { describeFollowing } from './following.js'
import { describeHealth } from './health.js'
import { describeListing } from './listing.js'
import { describeMatching } from './matching.js'
import { describePrivacy } from './privacy.js'
import { describeReading } from './reading.js'
import { describeReadingText } from './reading-text.js'
import { describeRefusing } from './refusing.js'
import { describeRetrying } from './retrying.js'
import { describeSpending } from './spending.js'
import { describeWaiting } from './waiting.js'
import { describeWatching } from './watching.js'
import { describeWorking } from './working.js'

/** The promises of every endpoint, tested through `fetch` only, so that the tests can also run inside a page. */
export function describeProtocol(endpoint: () => OpenEndpoint, caller: EndpointCaller): void {
  describe('an address', () => describeAddressing(endpoint))
  describe('create', () => describeCreating(caller))
  describe('a batch', () => describeBatching(caller))
  describe('after', () => describeFollowing(caller))
  describe('status', () => describeReading(caller))
  describe('ETag and wait', () => describeWaiting(caller))
  describe('text', () => describeReadingText(caller))
  describe('a task', () => describeWorking(caller))
  describe('usage', () => describeSpending(caller))
  describe('cancel', () => describeCancelling(caller))
  describe('retry', () => describeRetrying(caller))
  describe('list', () => describeListing(caller))
  describe('delete', () => describeDeleting(caller))
  describe('all that match', () => describeMatching(caller))
  describe('health', () => describeHealth(caller))
  describe('events', () => describeWatching(caller))
  describe('privacy', () => describePrivacy(caller))
  describe('colleagues', () => describeColleagues(caller))
  describe('refuses with a problem document', () => describeRefusing(caller))
}
