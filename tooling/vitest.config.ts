import { source } from '@brandkit/tooling/vitest'
import { defineProject } from 'vitest/config'

export default defineProject({ ...source, test: { name: 'tooling', include: ['*.test.ts'], testTimeout: 120_000 } })
