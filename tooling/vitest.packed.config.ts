import { source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

/** Tests of what is published. They need built packages: the first runs after all other `test:package`, the second in `test:full`. */
export const PACKED = ['packaging/tarballs.test.ts', 'registry/rehearsal.test.ts']

export default defineConfig({ ...source, test: { ...testTimes, name: 'tooling:packed', include: PACKED } })
