import { randomInt } from 'node:crypto'

export interface FuzzRuns {
  numRuns: number
  /** Stands in the name of the test; `FUZZ_SEED` draws the same again. */
  seed: number
}

/**
 * How often a fuzz test draws: `runs` times with one seed for all runs of `npm test`, so that a change is judged by what it
 * changes. `FUZZ_TIMES` multiplies them, newly drawn, in `npm run test:full`.
 */
export function fuzzRuns(runs: number): FuzzRuns {
  const times = Number(process.env['FUZZ_TIMES'] ?? 1)
  const seed = Number(process.env['FUZZ_SEED'] ?? (times > 1 ? randomInt(2 ** 31) : 1))
  return { numRuns: runs * times, seed }
}
