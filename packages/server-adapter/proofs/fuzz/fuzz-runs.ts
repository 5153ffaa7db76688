import { randomInt } from 'node:crypto'

export interface FuzzRuns {
  numRuns: number
  /** Shown in the name of the test; `FUZZ_SEED` draws the same values again. */
  seed: number
}

/**
 * How often a fuzz test draws. `npm test` draws `runs` times and always with the same seed, so that a failure comes from the
 * change under test. `FUZZ_TIMES` multiplies the runs, newly drawn, in `npm run test:full`.
 */
export function fuzzRuns(runs: number): FuzzRuns {
  const times = Number(process.env['FUZZ_TIMES'] ?? 1)
  const seed = Number(process.env['FUZZ_SEED'] ?? (times > 1 ? randomInt(2 ** 31) : 1))
  return { numRuns: runs * times, seed }
}
