import { patience, source } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  ...source,
  test: {
    ...patience,
    name: 'demo',
    include: ['server/**/*.test.ts', 'src/**/*.test.ts', 'e2e/**/*.test.ts'],
    // Each end-to-end file brings a browser and a database; side by side they would only wait for each other.
    fileParallelism: false,
  },
})
