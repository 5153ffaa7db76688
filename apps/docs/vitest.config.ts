import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { defineProject } from 'vitest/config'

/** Each server of the pages in a process of its own: only `npm run test:full` starts them. */
const FULL = process.env['PAGES'] ? [] : ['test/*.full.test.ts']

export default defineProject({
  ...source,
  test: { ...testTimes, ...sharedWorkers, name: 'docs', include: ['test/*.test.ts'], exclude: FULL },
})
