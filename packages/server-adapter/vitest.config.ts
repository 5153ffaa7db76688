import { chromium } from '@brandkit/tooling/chromium'
import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Holds every answer of a test against the OpenAPI document. */
const DOCUMENTED = 'proofs/openapi/undocumented.setup.ts'

const shape = {
  ...testTimes,
  // Four at least: most of these tests wait for a database, a server or a lease, and not for a core.
  maxWorkers: Math.max(4, availableParallelism() - 1),
  setupFiles: [...testTimes.setupFiles, DOCUMENTED],
}

/** Tests that harm the process which they run in, start others, or count what it holds. */
const APART = [
  'proofs/reliability/{*.redis,*-mutants,hostile-schemas,missing-peers,old-node,unawaited,thrown-values}.test.ts',
  'proofs/reliability/border/{misbehaving-generators,misfit-options}.test.ts',
  'src/integrations/{next,fetch}.test.ts',
  'src/integrations/mcp/mcp-page.test.ts',
  'proofs/mutants/*.test.ts',
  'src/two-bundles.test.ts',
  'proofs/chaos/*.test.ts',
]

/** Tests that run in Chromium. */
const IN_A_PAGE = 'src/**/*.browser.test.ts'

/** The suite of BullMQ a second time, on three nodes: only `npm run test:full` runs it. */
const ON_A_CLUSTER = process.env['REDIS_CLUSTER'] ? [] : ['src/**/*.cluster.test.ts']

/** The commands over PGlite, which each open it anew: only `npm run test:full` runs them. */
const OVER_PGLITE = process.env['COMMANDS'] ? [] : ['proofs/command-line/pglite.test.ts']

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          ...shape,
          ...sharedWorkers,
          setupFiles: [...sharedWorkers.setupFiles, DOCUMENTED],
          name: 'server-adapter',
          include: ['{src,proofs}/**/*.test.ts'],
          exclude: [...APART, IN_A_PAGE, ...ON_A_CLUSTER, ...OVER_PGLITE],
        },
      },
      { ...source, test: { ...shape, name: 'server-adapter:apart', include: APART } },
      {
        ...source,
        // Named, because a dependency that is found while tests run reloads the page under them.
        optimizeDeps: {
          include: [
            '@noble/hashes/sha2.js',
            '@noble/hashes/utils.js',
            '@opentelemetry/api',
            'dequal',
            'rate-limiter-flexible/lib/RateLimiterMemory.js',
            'uuid',
            'zod',
          ],
        },
        test: { ...testTimes, name: 'server-adapter:browser', include: [IN_A_PAGE], browser: chromium },
      },
    ],
  },
})
