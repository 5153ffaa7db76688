import { chromium } from '@brandkit/tooling/chromium'
import { source } from '@brandkit/tooling/vitest'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// Benchmarks measure and never fail: `pnpm --filter @brandkit/react bench`.
export default defineConfig({
  resolve: source.resolve,
  plugins: [react()],
  test: { name: 'react:bench', include: ['bench/**/*.bench.tsx'], browser: chromium },
})
