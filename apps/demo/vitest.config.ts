import { patience, sharedWorkers, source } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Each end-to-end file brings a browser and a database, and waits for both: two files fill two cores, more would
    // only wait for each other. Every file has its own ports, data folders and databases.
    maxWorkers: 2,
    projects: [
      { ...source, test: { ...patience, ...sharedWorkers, name: 'demo', include: ['{server,src}/**/*.test.ts'] } },
      { ...source, test: { ...patience, name: 'demo:e2e', include: ['e2e/**/*.test.ts'] } },
    ],
  },
})
