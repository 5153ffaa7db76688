import type { PGlite } from '@electric-sql/pglite'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryStore } from '../../memory.js'
import { postgresStore } from '../../postgres.js'
import type { TaskStore } from '../../store/task-store.js'
import { KNOWN_PLANS, plans } from './runtime-plan.js'
import { play } from './runtime-play.js'
import { createMigratedPglite } from '../create-pglite.js'

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
  // A failure prints seed, path and the smallest plan: seed and path among these options show it again, and the plan
  // among the known ones keeps it.
  it('keeps its promises, however generators misbehave and users, queues and operators meddle', async () => {
    const property = fc.asyncProperty(plans, (plan) => play(plan, place()))
    const played = fc.assert(property, {
      numRuns,
      examples: Object.values(KNOWN_PLANS).map((plan) => [plan]),
      // Bounds the search for a smaller plan, which waits in vain again and again where a task hangs.
      interruptAfterTimeLimit: 60_000,
      // Fewer plays than asked for prove less than was asked for.
      markInterruptAsFailure: true,
    })
    await expect(played).resolves.toBeUndefined()
  })
})
