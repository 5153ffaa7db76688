import { source } from '@brandkit/tooling/vitest'
import { defineProject } from 'vitest/config'

export default defineProject({
  ...source,
  test: { name: 'core', include: ['src/**/*.test.ts'], typecheck: { enabled: false } },
})
