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
        test: { name: 'react:browser', include: ['src/**/*.test.tsx'], browser: chromium },
      },
      { ...source, test: { name: 'react:node', include: ['src/**/*.test.ts'] } },
    ],
  },
})
