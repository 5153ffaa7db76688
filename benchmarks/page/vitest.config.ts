import { chromium } from '@brandkit/tooling/chromium'
import { source, testTimes } from '@brandkit/tooling/vitest'
import react from '@vitejs/plugin-react'
import { defineProject } from 'vitest/config'

/** Set by `one-of-many.ts`. The defaults are for the smoke test. */
const { TRACKED = '20', CHANGES = '3' } = process.env

export default defineProject({
  resolve: source.resolve,
  plugins: [react()],
  test: {
    ...testTimes,
    name: 'benchmarks:page',
    include: ['*.bench.tsx'],
    provide: { tracked: Number(TRACKED), changes: Number(CHANGES) },
    browser: chromium,
  },
})
