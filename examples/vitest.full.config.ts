import { source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

/** What costs a core for many seconds: builds and servers of Next. On a machine that does much else they take minutes. */
export default defineConfig({
  plugins: source.plugins,
  test: {
    ...testTimes,
    name: 'examples:full',
    include: ['test/full/*.test.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    expect: { poll: { timeout: 300_000 } },
  },
})
