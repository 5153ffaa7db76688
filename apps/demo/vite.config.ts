import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2023', sourcemap: true },
  // `pnpm exec vite` serves the app with hot reload; the API comes from `npm start` in another terminal.
  server: { proxy: { '/api': process.env['DEMO_API'] ?? 'http://localhost:3000' } },
})
