import { chromium, chromiumWith } from '@brandkit/tooling/chromium'
import { sharedWorkers, source, testTimes } from '@brandkit/tooling/vitest'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// These dependencies are named here, because a dependency discovered during a run reloads the page under the tests.
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
      // Components run in a real browser; `.test.ts` files are tests that need none.
      {
        ...source,
        plugins: [react()],
        optimizeDeps,
        test: {
          ...testTimes,
          name: 'react:browser',
          // The benchmarks of pages run here with a handful of tasks, because a browser of its own would cost seconds of a core.
          include: ['src/**/*.test.tsx', '../../benchmarks/page/*.bench.tsx'],
          browser: chromium,
        },
      },
      // Every story is a test: it renders, its play function runs, and axe finds nothing.
      {
        ...source,
        optimizeDeps,
        plugins: [storybookTest({ configDir: join(import.meta.dirname, '.storybook') })],
        // Motion is off: half-faded elements have too little contrast, and tests should not wait for animations.
        test: { ...testTimes, name: 'react:stories', browser: chromiumWith({ reducedMotion: 'reduce' }) },
      },
      {
        ...source,
        test: { ...testTimes, ...sharedWorkers, name: 'react:node', include: ['{src,tokens,.storybook}/**/*.test.ts'] },
      },
      // jsdom, because apps test their components in this incomplete browser.
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
      // Tabs and broken networks: pages of a separate Chromium, with a server over real HTTP. The files share the
      // browser and one build of the page.
      {
        ...source,
        test: { ...testTimes, ...sharedWorkers, name: 'react:pages', include: ['test/pages/**/*.test.ts'] },
      },
    ],
  },
})
