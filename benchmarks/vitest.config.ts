import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: { ...testTimes, ...sharedWorkers, name: 'benchmarks', maxConcurrency: 16, include: ['**/*.test.ts'] },
      },
      'page/vitest.config.ts',
    ],
  },
})
