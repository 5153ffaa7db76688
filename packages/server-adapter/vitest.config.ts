import { source } from '@brandkit/tooling/vitest'
import { defineProject } from 'vitest/config'

export default defineProject({
  ...source,
  test: {
    name: 'server-adapter',
    include: ['{src,chaos}/**/*.test.ts'],
    setupFiles: ['src/testing/openapi/undocumented.setup.ts'],
    typecheck: { enabled: false },
  },
})
