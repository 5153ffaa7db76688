import { source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

// Walks through the built Storybook, so it runs after `storybook:build`: `pnpm run test:full`.
export default defineConfig({
  ...source,
  test: { ...testTimes, name: 'react:storybook', include: ['test/storybook/*.test.ts'] },
})
