import { chromium, chromiumWith } from '@brandkit/tooling/chromium'
import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Named, because a dependency that is found while tests run reloads the page under them.
const optimizeDeps = {
  include: [
    'axe-core',
    'react-dom/client',
    'react-dom/server',
    '@tanstack/react-query',
    '@brandkit/core > zod',
    ...[
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
      'dequal',
      'rate-limiter-flexible/lib/RateLimiterMemory.js',
    ].map((name) => `@brandkit/server-adapter > ${name}`),
  ],
}

export default defineConfig({
  test: {
    projects: [
      // Components meet a real browser; `.test.ts` is for what needs none.
      {
        ...source,
        plugins: [react()],
        optimizeDeps,
        test: {
          ...testTimes,
          name: 'react:browser',
          include: ['src/**/*.test.tsx'],
          browser: chromium,
        },
      },
      // Every story is a test: it renders, its play function runs, and axe finds nothing.
      {
        ...source,
        optimizeDeps,
        plugins: [storybookTest({ configDir: join(import.meta.dirname, '.storybook') })],
        // Without motion: what is half faded in has too little contrast, and no test should wait for it.
        test: { ...testTimes, name: 'react:stories', browser: chromiumWith({ reducedMotion: 'reduce' }) },
      },
      { ...source, test: { ...testTimes, ...sharedWorkers, name: 'react:node', include: ['src/**/*.test.ts'] } },
      // jsdom: half of a browser, in which apps run the tests of their components.
      {
        ...source,
        plugins: [react()],
        test: {
          ...testTimes,
          name: 'react:jsdom',
          environment: 'jsdom',
          include: ['test/jsdom/**/*.test.tsx'],
        },
      },
      // Several tabs, and networks that fail: pages of a Chromium of their own, with a server over real HTTP.
      // The files share it, and the one build of the page.
      {
        ...source,
        test: { ...testTimes, ...sharedWorkers, name: 'react:pages', include: ['test/pages/**/*.test.ts'] },
      },
    ],
  },
})
