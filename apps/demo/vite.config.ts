import { source } from '@brandkit/tooling/vitest'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const WORKER = 'push-worker'

export default defineConfig(({ command }) => ({
  plugins: [react()],
  build: {
    target: 'es2023',
    sourcemap: true,
    // The page's Content-Security-Policy takes fonts from the server only, not from `data:` addresses.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    rolldownOptions: {
      input: { index: 'index.html', [WORKER]: `src/${WORKER}.ts` },
      // A service worker has one address for ever, and serves the pages below it.
      output: { entryFileNames: ({ name }) => (name === WORKER ? `${name}.js` : 'assets/[name]-[hash].js') },
    },
  },
  // `pnpm exec vite` serves app and packages from their sources with hot reload. Run `npm start` beside it for the API.
  ...(command === 'serve' && source),
  server: { proxy: { '/api': process.env['DEMO_API'] ?? 'http://localhost:3000' } },
}))
