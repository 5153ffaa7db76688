import { source } from '@brandkit/tooling/vitest'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig(({ command }) => ({
  plugins: [react()],
  build: { target: 'es2023', sourcemap: true },
  // `pnpm exec vite` serves app and packages from their sources with hot reload. Run `npm start` beside it for the API.
  ...(command === 'serve' && source),
  server: { proxy: { '/api': process.env['DEMO_API'] ?? 'http://localhost:3000' } },
}))
