import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { defineProject } from 'vitest/config'

export default defineProject({
  ...source,
  test: { ...testTimes, ...sharedWorkers, name: 'docs', include: ['test/*.test.ts'] },
})
