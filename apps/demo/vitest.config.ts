import { patience, source } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  ...source,
  test: {
    ...patience,
    name: 'demo',
    include: ['server/**/*.test.ts', 'src/**/*.test.ts', 'e2e/**/*.test.ts'],
    // Each end-to-end file brings a browser and a database, and waits for both: two files fill two cores, more would
    // only wait for each other. Every file has its own ports, data folders and databases.
    maxWorkers: 2,
  },
})
