import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { configDefaults, defineProject } from 'vitest/config'
import { PACKED } from './vitest.packed.config.js'

export default defineProject({
  ...source,
  test: {
    ...testTimes,
    ...sharedWorkers,
    name: 'tooling',
    include: ['*.test.ts', '*/*.test.ts'],
    exclude: [...configDefaults.exclude, ...PACKED, 'consumers/*.test.ts'],
  },
})
