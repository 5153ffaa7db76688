import { patience, source } from '@brandkit/tooling/vitest'
import { defineProject } from 'vitest/config'

export default defineProject({
  ...source,
  test: { ...patience, name: 'client', include: ['src/**/*.test.ts'], typecheck: { enabled: false } },
})
