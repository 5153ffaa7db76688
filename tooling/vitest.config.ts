import { patience, sharedWorkers, source } from '@brandkit/tooling/vitest'
import { defineProject } from 'vitest/config'

export default defineProject({
  ...source,
  test: { ...patience, ...sharedWorkers, name: 'tooling', include: ['*.test.ts'] },
})
