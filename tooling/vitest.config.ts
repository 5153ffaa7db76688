import { source } from '@brandkit/tooling/vitest'
import { defineProject } from 'vitest/config'

export default defineProject({
  ...source,
  // Compilers and linters run in here, as slowly as a busy machine lets them.
  test: { name: 'tooling', include: ['*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
})
