import { patience, sharedWorkers, source } from '@brandkit/tooling/vitest'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const shape = {
  ...patience,
  // Four at least: most of these tests wait for a database, a server or a lease, and not for a core.
  maxWorkers: Math.max(4, availableParallelism() - 1),
  setupFiles: [...patience.setupFiles, 'src/testing/openapi/undocumented.setup.ts'],
}

/** Tests that harm the process which they run in, start others, or count what it holds. */
const APART = [
  'src/{reliability,store,queue}/**/*.postgres.test.ts',
  'src/reliability/{*.redis,*-mutants,hostile-schemas,missing-peers,old-node,unawaited,thrown-values}.test.ts',
  'src/reliability/border/{misbehaving-generators,misfit-options}.test.ts',
  'src/integrations/{next,fetch}.test.ts',
  'src/testing/mutants/*.test.ts',
  'src/two-bundles.test.ts',
  'chaos/*.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: { ...shape, ...sharedWorkers, name: 'server-adapter', include: ['src/**/*.test.ts'], exclude: APART },
      },
      { ...source, test: { ...shape, name: 'server-adapter:apart', include: APART } },
    ],
  },
})
