import { source } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

/** For src/testing/mutants/mutants.test.ts alone, which runs it in a process of its own: there most tests are meant to fail. */
export default defineConfig({
  resolve: source.resolve,
  ssr: source.ssr,
  test: { include: ['src/testing/mutants/mutants.fixture.ts'] },
})
