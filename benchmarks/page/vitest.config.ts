import { chromium } from '@brandkit/tooling/chromium'
import { source, testTimes } from '@brandkit/tooling/vitest'
import react from '@vitejs/plugin-react'
import { defineProject } from 'vitest/config'

/** Set by the benchmarks. The defaults are for the smoke test. */
const { TRACKED = '20', CHANGES = '3', FOLLOWED = '3', WATCH_MS = '100' } = process.env

export default defineProject({
  resolve: source.resolve,
  plugins: [react()],
  test: {
    ...testTimes,
    name: 'benchmarks:page',
    include: ['*.bench.tsx'],
    provide: {
      tracked: Number(TRACKED),
      changes: Number(CHANGES),
      followed: FOLLOWED.split(',').map(Number),
      watchMs: Number(WATCH_MS),
    },
    browser: chromium,
  },
})
