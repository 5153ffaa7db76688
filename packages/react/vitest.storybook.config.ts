import { CONDITION_MS } from '@brandkit/tooling/test-times'
import { source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

// Walks through the built Storybook, so it runs after `storybook:build`: `pnpm run test:full`.
export default defineConfig({
  ...source,
  test: {
    ...testTimes,
    // A story waits for many conditions, one after the other; each of them says what it waited for.
    testTimeout: 10 * CONDITION_MS,
    name: 'react:storybook',
    include: ['test/storybook/*.test.ts'],
  },
})
