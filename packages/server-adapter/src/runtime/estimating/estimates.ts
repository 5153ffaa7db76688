import { describeError, type TaskCatalog, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { TaskStore } from '../../store/task-store.js'
import {
  type Expectation,
  type Expecting,
  LAST_POSITION,
  type Outlook,
  toExpectation,
  toOutlook,
} from './expectation.js'

/** Estimates positions and ends of tasks from the store's outlook. All readers of a process share an outlook for a while. */
export interface Estimates {
  /** Reads a new outlook if the last one is too old. Never rejects: without an outlook it estimates nothing. */
  expect(tasks: Iterable<Expecting>): Promise<Expectation>
  /** Uses the last outlook of any age, so that writes need not wait for a read. */
  expectAtOnce(tasks: Iterable<Expecting>): Expectation
}

interface EstimatesOptions {
  catalog: TaskCatalog
  store: TaskStore
  clock: Clock
  logger: TaskLogger
}

const LOOK_EVERY_MS = 2_000
/** The largest share of the time that reading outlooks may take: slow reads are made less often. */
const LARGEST_SHARE = 1 / 20

const NOTHING_SEEN: Outlook = { places: new Map(), end: null, durations: new Map() }

export function createEstimates({ catalog, store, clock, logger }: EstimatesOptions): Estimates {
  const types = Object.keys(catalog)
  let outlook = NOTHING_SEEN
  let looking: Promise<void> | null = null
  let nextLookAt = -Infinity

  async function look(): Promise<void> {
    const began = clock.uptime()
    try {
      outlook = toOutlook(await store.outlook({ types, limit: LAST_POSITION }))
    } catch (error) {
      outlook = NOTHING_SEEN
      logger.warn('Nothing can be estimated now', { reason: describeError(error) })
    }
    nextLookAt = clock.uptime() + Math.max(LOOK_EVERY_MS, (clock.uptime() - began) / LARGEST_SHARE)
    looking = null
  }

  return {
    async expect(tasks) {
      if (clock.uptime() >= nextLookAt) await (looking ??= look())
      return toExpectation(tasks, outlook, clock.now())
    },
    expectAtOnce: (tasks) => toExpectation(tasks, outlook, clock.now()),
  }
}
