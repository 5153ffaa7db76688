import { chromium } from '@brandkit/tooling/chromium'
import { source, testTimes } from '@brandkit/tooling/vitest'
import react from '@vitejs/plugin-react'
import { defineProject } from 'vitest/config'

/** Set by the benchmarks. Their smoke tests run among those of @brandkit/react, with defaults of their own. */
const { TRACKED, CHANGES, FOLLOWED, WATCH_MS } = process.env
/** Every run sets only what its benchmark needs. */
const ifGiven = <T>(text: string | undefined, read: (text: string) => T) => (text ? read(text) : undefined)

export default defineProject({
  resolve: source.resolve,
  plugins: [react()],
  test: {
    ...testTimes,
    name: 'benchmarks:page',
    include: ['*.bench.tsx'],
    provide: {
      tracked: ifGiven(TRACKED, Number),
      changes: ifGiven(CHANGES, Number),
      followed: ifGiven(FOLLOWED, (list) => list.split(',').map(Number)),
      watchMs: ifGiven(WATCH_MS, Number),
    },
    browser: chromium,
  },
})
