import * as fc from 'fast-check'
import type { TaskKind } from './ledger.ts'

export const FAULTS = ['kill', 'stop', 'deploy', 'database', 'queue', 'replies', 'duplicates'] as const
/** An accident that a run can cause. */
export type Fault = (typeof FAULTS)[number]

/** The tasks of a run. The same seed gives the same tasks. */
export function drawTasks(count: number, seed: number) {
  const kind: fc.Arbitrary<TaskKind> = fc.oneof(
    { weight: 70, arbitrary: fc.constant('plain' as const) },
    { weight: 20, arbitrary: fc.constant('flaky' as const) },
    { weight: 9, arbitrary: fc.constant('fatal' as const) },
    { weight: 1, arbitrary: fc.constant('poison' as const) },
  )
  const cancel = fc.integer({ min: 1, max: 20 }).map((die) => die === 1)
  const task = fc.record({ kind, stepMs: fc.integer({ min: 5, max: 200 }), cancel })
  return fc.sample(task, { seed, numRuns: count })
}

/** Each kind of accident at least once if `count` allows it, in an order that the seed decides. Or only the kind `only`. */
export function drawFaults(count: number, seed: number, only?: Fault) {
  const picks = fc.sample(fc.nat(1_000), { seed, numRuns: count })
  const [order = []] = fc.sample(fc.shuffledSubarray([...FAULTS], { minLength: FAULTS.length }), { seed, numRuns: 1 })
  return picks.flatMap((pick, index) => {
    const fault = only ?? (index < order.length ? order[index] : FAULTS[pick % FAULTS.length])
    return fault ? [{ fault, pick }] : []
  })
}
