import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { defineConfig } from 'vitest/config'

// The benchmarks in the browser have their smoke tests among the tests of @brandkit/react. All others run what is built, as
// `pnpm bench` does; transforming the source took a fifth of the time.
// One worker, because two would load everything twice; and WebAssembly runs too shortly here to pay for its second compiler.
export default defineConfig({
  plugins: source.plugins,
  test: {
    ...testTimes,
    ...sharedWorkers,
    maxConcurrency: 16,
    maxWorkers: 1,
    execArgv: ['--liftoff-only'],
    include: ['**/*.test.ts'],
  },
})
