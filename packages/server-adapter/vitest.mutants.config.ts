import { source } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

/** For src/testing/mutants/run-fixture.ts alone, which runs fixtures in a process of their own: there tests are meant to fail. */
export default defineConfig({
  resolve: source.resolve,
  ssr: source.ssr,
  test: { include: ['src/{testing/mutants,reliability}/*.fixture.ts'] },
})
