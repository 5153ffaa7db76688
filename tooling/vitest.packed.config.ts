import { source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

/** Tests of what is built: the first runs after all other `test:package`, the others in `test:full`. */
export const PACKED = ['packaging/tarballs.test.ts', 'registry/rehearsal.test.ts', 'commands/root-commands.test.ts']

export default defineConfig({ ...source, test: { ...testTimes, name: 'tooling:packed', include: PACKED } })
