import { source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

const { resolve, ssr } = source

/** For proofs/mutants/run-fixture.ts alone, which runs fixtures in a process of their own: there tests are meant to fail. */
export default defineConfig({
  test: {
    // Most of the time a test waits for what a mutant never does.
    maxWorkers: 5,
    projects: [
      { resolve, ssr, test: { ...testTimes, name: 'sound', include: ['proofs/mutants/sound.fixture.ts'] } },
      {
        resolve,
        ssr,
        test: {
          name: 'mutants',
          // A mutant is never patient enough; what a busy machine fails beside it is no matter.
          testTimeout: 2_000,
          hookTimeout: 60_000,
          include: ['proofs/mutants/{store,queue,endpoint,mount,encryption}.fixture.ts'],
        },
      },
      { resolve, ssr, test: { ...testTimes, name: 'group commit', include: ['proofs/reliability/*.fixture.ts'] } },
      {
        resolve,
        ssr,
        test: { ...testTimes, name: 'fast paths', include: ['proofs/reliability/fast-paths/*.fixture.ts'] },
      },
    ],
  },
})
