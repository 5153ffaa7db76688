import { source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

/**
 * Projects of other people, which install what this repository would publish. The first, `this-node`, belongs to
 * `test:package`, the rest to `test:full`.
 */
export default defineConfig({
  ...source,
  test: {
    ...testTimes,
    name: 'tooling:consumers',
    include: ['consumers/*.test.ts'],
    globalSetup: 'consumers/publish-once.ts',
    // An installation takes minutes where the registry is far.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    fileParallelism: false,
  },
})
