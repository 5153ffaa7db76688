import { afterAll, beforeAll, describe } from 'vitest'
import type { TaskStore } from '../store/task-store.js'
import { describeAuditing } from './store/auditing.js'
import { describeCancelling } from './store/cancelling.js'
import { describeClaiming } from './store/claiming.js'
import { describeCountingEnds } from './store/counting-ends.js'
import { describeCreating } from './store/creating.js'
import { describeDeadlines } from './store/deadlines.js'
import { describeDeleting } from './store/deleting.js'
import { describeFollowing } from './store/following.js'
import { describeErasing } from './store/erasing.js'
import { describeHandingOver } from './store/handing-over.js'
import { describeLimiting } from './store/limiting.js'
import { describeListing } from './store/listing.js'
import { describeMaintaining } from './store/maintaining.js'
import { describeMoving } from './store/moving.js'
import { describeOutlook } from './store/outlooking.js'
import { describePausing } from './store/pausing.js'
import { describeScoping } from './store/scoping.js'
import { describeSearching } from './store/searching.js'
import { describeSettling } from './store/settling.js'
import { describeSharing } from './store/sharing.js'
import { describeTakingOver } from './store/taking-over.js'
import { describeTelling } from './store/telling.js'
import { describeSpending } from './store/spending.js'
import { describeTexting } from './store/texting.js'
import { describeUniqueWork } from './store/unique-work.js'
import { describeWatching } from './store/watching.js'
import { describeWorking } from './store/working.js'
import { describeItems } from './store/working-through-items.js'

export interface TaskStoreSuiteOptions {
  /** A second store on the same data, for stores that several processes may share. */
  openPeer?: () => Promise<TaskStore>
  /**
   * The number of deadlocks that the database has resolved so far, if it counts them. Each costs a second and is visible
   * only here.
   */
  countDeadlocks?: () => Promise<number>
}

/**
 * Everything that a `TaskStore` promises. A driver is finished when this passes.
 *
 * @param open makes an empty store of its own that is not yet opened. Called once.
 */
export function describeTaskStore(
  name: string,
  open: () => Promise<TaskStore>,
  { openPeer, countDeadlocks }: TaskStoreSuiteOptions = {},
): void {
  describe(`TaskStore: ${name}`, () => {
    let opened: TaskStore
    const store = () => opened
    beforeAll(async () => {
      opened = await open()
      await opened.open()
    }, 60_000)
    afterAll(() => opened.close())

    describe('create', () => describeCreating(store))
    describe('create with claim', () => describeHandingOver(store))
    describe('after', () => describeFollowing(store))
    describe('unique work', () => describeUniqueWork(store))
    describe('claim', () => describeClaiming(store))
    describe('beat, report and checkpoint', () => describeWorking(store))
    describe('items of a step', () => describeItems(store))
    describe('create with takeOver', () => describeTakingOver(store))
    describe('text', () => describeTexting(store))
    describe('the state machine', () => describeMoving(store))
    describe('settle', () => describeSettling(store))
    describe('waits for a provider', () => describePausing(store))
    describe('limits', () => describeLimiting(store))
    describe('deadline', () => describeDeadlines(store))
    describe('delete', () => describeDeleting(store))
    describe('audit', () => describeAuditing(store))
    describe('eraseUser', () => describeErasing(store))
    describe('cancel', () => describeCancelling(store))
    describe('find, list and stats', () => describeListing(store))
    describe('search', () => describeSearching(store))
    describe('scope', () => describeScoping(store))
    describe('usage', () => describeSpending(store))
    describe('outlook', () => describeOutlook(store))
    describe('throughput and workers', () => describeCountingEnds(store))
    describe('watch', () => describeWatching(store))
    describe('maintain', () => describeMaintaining(store))
    describe('notices', () => describeTelling(store))

    if (!openPeer) return
    describe('two processes', () => {
      let second: TaskStore
      beforeAll(async () => {
        second = await openPeer()
        await second.open()
      }, 60_000)
      afterAll(() => second.close())
      describeSharing(store, () => second, { countDeadlocks })
    })
  })
}
