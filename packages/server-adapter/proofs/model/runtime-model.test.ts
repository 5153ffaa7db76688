import type { PGlite } from '@electric-sql/pglite'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/memory.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import type { TaskStore } from '../../src/store/task-store.js'
import { KNOWN_PLANS, plans } from './runtime-plan.js'
import { play } from './runtime-play.js'
import { createMigratedPglite } from '../fixtures/create-pglite.js'

/** On a busy machine a play on PGlite takes five seconds. */
const ONLY_A_HANG_MS = 10 * 60_000

let pglite: PGlite
beforeAll(async () => {
  pglite = await createMigratedPglite()
})
afterAll(() => pglite.close())

describe.each<[string, number, () => () => TaskStore]>([
  [
    'memory',
    100,
    () => {
      const store = memoryStore()
      return () => store
    },
  ],
  ['PGlite', 20, () => () => postgresStore({ pglite })],
])('the runtime on %s', (_, numRuns, place) => {
  // A failure prints seed, path and the smallest plan. To repeat it, put seed and path among these options; to keep it, add
  // the plan to the known ones.
  it(
    'keeps its promises, however generators misbehave and users, queues and operators meddle',
    async () => {
      // If a task hangs, the search for a smaller plan waits again for each try, so the search ends a minute after the first
      // failure.
      let searchEndsAt = Infinity
      const property = fc.asyncProperty(plans, async (plan) => {
        if (performance.now() > searchEndsAt) return
        try {
          await play(plan, place())
        } catch (error) {
          searchEndsAt = Math.min(searchEndsAt, performance.now() + 60_000)
          throw error
        }
      })
      const examples = Object.values(KNOWN_PLANS).map((plan): [typeof plan] => [plan])
      await expect(fc.assert(property, { numRuns, examples })).resolves.toBeUndefined()
    },
    ONLY_A_HANG_MS,
  )
})
