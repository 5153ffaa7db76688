import { patience, source } from '@brandkit/tooling/vitest'
import { defineProject } from 'vitest/config'

export default defineProject({
  ...source,
  test: { ...patience, name: 'tooling', include: ['*.test.ts'] },
})
