import { source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: source.plugins,
  test: { ...testTimes, name: 'examples', include: ['test/*.test.ts'] },
})
