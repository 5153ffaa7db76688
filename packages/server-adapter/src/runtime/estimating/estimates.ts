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

/** Guesses what tasks may expect, from what the store has seen. One look serves all readers of this process for a while. */
export interface Estimates {
  /** Looks anew when the last look is too old. Never rejects: without a look nothing is guessed. */
  expect(tasks: Iterable<Expecting>): Promise<Expectation>
  /** From the last look, whatever its age: for writes, which wait for nothing more than they must. */
  expectAtOnce(tasks: Iterable<Expecting>): Expectation
}

interface EstimatesOptions {
  catalog: TaskCatalog
  store: TaskStore
  clock: Clock
  logger: TaskLogger
}

const LOOK_EVERY_MS = 2_000
/** A look that takes long, since much is waiting, is taken less often: it never costs more than this share of the time. */
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
