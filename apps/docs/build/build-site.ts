import { cpSync, watch } from 'node:fs'
import { join } from 'node:path'
import { build, createServer } from 'vitepress'
import { checkFragments } from './check-fragments.ts'
import { clearSite, gatherPages } from './gather-pages.ts'
import { root } from './repository.ts'

// `pnpm run dev` serves the site and gathers pages anew when they change. `pnpm run build` builds it into `dist`; with
// STORYBOOK=yes the Storybook that `npm run storybook:build` has made stands beside it, under `/storybook/`.
const app = join(import.meta.dirname, '..')
clearSite()
await gatherPages()

if (process.argv.includes('--watch')) {
  const server = await createServer(app, { port: 5173 })
  await server.listen()
  server.printUrls()
  watch(join(root, 'docs'), { recursive: true }, () => void gatherPages())
  watch(join(root, 'packages'), { recursive: true }, (_event, file) => {
    if (file?.endsWith('README.md')) void gatherPages()
  })
} else {
  await build(app)
  checkFragments(join(app, 'dist'))
  if (process.env['STORYBOOK'] === 'yes') {
    cpSync(join(root, 'packages/react/storybook-static'), join(app, 'dist/storybook'), { recursive: true })
  }
}
