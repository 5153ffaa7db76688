import { patience, source } from '@brandkit/tooling/vitest'
import { availableParallelism } from 'node:os'
import { defineProject } from 'vitest/config'

export default defineProject({
  ...source,
  test: {
    ...patience,
    name: 'server-adapter',
    include: ['{src,chaos}/**/*.test.ts'],
    // Three at least: most of these tests wait for a database, a server or a lease, and not for a core.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    setupFiles: [...patience.setupFiles, 'src/testing/openapi/undocumented.setup.ts'],
    typecheck: { enabled: false },
  },
})
