import { source } from '@brandkit/tooling/vitest'
import { availableParallelism } from 'node:os'
import { defineProject } from 'vitest/config'

export default defineProject({
  ...source,
  test: {
    name: 'server-adapter',
    include: ['{src,chaos}/**/*.test.ts'],
    // Two at least: most of these tests wait for a database, a server or a lease, and not for a core.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only what hangs is to be ended by the clock: a busy machine takes seconds to make a database.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    setupFiles: ['src/testing/patience.setup.ts', 'src/testing/openapi/undocumented.setup.ts'],
    typecheck: { enabled: false },
  },
})
