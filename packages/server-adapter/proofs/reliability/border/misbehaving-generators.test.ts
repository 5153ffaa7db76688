import type { PGlite } from '@electric-sql/pglite'
import * as fc from 'fast-check'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryStore } from '../../../src/memory.js'
import { postgresStore } from '../../../src/store/postgres/postgres-store.js'
import { createMigratedPglite } from '../../fixtures/create-pglite.js'
import { fuzzRuns } from '../../fuzz/fuzz-runs.js'
import { misbehaviour } from './misbehaviour.js'
import { openPlayground, type Playground } from './play-misbehaviour.js'

/** How many generators misbehave in parallel: one must not affect the others. */
const SIDE_BY_SIDE = 20
/** Every fifth run also uses PGlite, which takes ten times as long. */
const ON_PGLITE = 5
const { numRuns, seed } = fuzzRuns(2_000 / SIDE_BY_SIDE)
let pglite: PGlite
let onMemory: Playground
let onPglite: Playground
let plays = 0
const rejections: unknown[] = []
const noteRejection = (reason: unknown) => rejections.push(reason)

beforeAll(async () => {
  process.on('unhandledRejection', noteRejection)
  pglite = await createMigratedPglite()
  onMemory = openPlayground(memoryStore())
  onPglite = openPlayground(postgresStore({ pglite }))
  await Promise.all([onMemory.server.start(), onPglite.server.start()])
})
afterAll(async () => {
  await Promise.all([onMemory.server.stop(), onPglite.server.stop()])
  await pglite.close()
  process.off('unhandledRejection', noteRejection)
})

describe(`${numRuns * SIDE_BY_SIDE} generators that misbehave (FUZZ_SEED=${seed})`, () => {
  it(
    'end within their limits, alike on memory and PGlite, and harm no other task and not the process',
    async () => {
      const many = fc.array(misbehaviour, { minLength: SIDE_BY_SIDE, maxLength: SIDE_BY_SIDE })
      const property = fc.asyncProperty(many, async (plans) => {
        const expected = await onMemory.play(plans)
        const outcomes = plays++ % ON_PGLITE === 0 ? await onPglite.play(plans) : expected
        for (const [index, plan] of plans.entries()) {
          // A cancel that races with the end may win or lose.
          if (plan.cancelAfter !== null) continue
          expect({ plan, outcome: outcomes[index + 1] }).toEqual({ plan, outcome: expected[index + 1] })
        }
        // Node.js reports an unhandled rejection one turn of the event loop later.
        await turn()
        expect(rejections.splice(0)).toEqual([])
      })
      await fc.assert(property, { numRuns, seed })
    },
    120_000 + numRuns * 12_000,
  )
})
