import { source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { ...source, test: { ...testTimes, name: 'benchmarks', include: ['**/*.test.ts'] } },
      'page/vitest.config.ts',
    ],
  },
})
