import { chromium } from '@brandkit/tooling/chromium'
import { source } from '@brandkit/tooling/vitest'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      // Components meet a real browser; `.test.ts` is for what needs none.
      {
        ...source,
        plugins: [react()],
        // Named, because a dependency that is found while tests run reloads the page under them.
        optimizeDeps: {
          include: ['axe-core', 'react-dom/client', 'react-hot-toast/headless', '@tanstack/react-query'],
        },
        test: {
          name: 'react:browser',
          include: ['src/**/*.test.tsx'],
          browser: chromium,
          expect: { poll: { timeout: 5_000 } },
        },
      },
      { ...source, test: { name: 'react:node', include: ['src/**/*.test.ts'] } },
    ],
  },
})
