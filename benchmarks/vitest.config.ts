import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

// The benchmarks in the browser have their smoke tests among the tests of @brandkit/react.
export default defineConfig({
  ...source,
  test: { ...testTimes, ...sharedWorkers, maxConcurrency: 16, include: ['**/*.test.ts'] },
})
