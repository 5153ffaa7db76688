import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  base: './', // the built page runs in any folder of any host
  server: { port: Number(process.env.PORT ?? 3000) },
})
