import { watch } from 'node:fs'
import { join } from 'node:path'
import { build, createServer } from 'vitepress'
import { checkFragments } from './check-fragments.ts'
import { gatherPages } from './gather-pages.ts'
import { root } from './repository.ts'

const app = join(import.meta.dirname, '..')
gatherPages()

if (process.argv.includes('--watch')) {
  const server = await createServer(app, { port: 5173 })
  await server.listen()
  server.printUrls()
  watch(join(root, 'docs'), { recursive: true }, () => gatherPages())
  watch(join(root, 'packages'), { recursive: true }, (_event, file) => file?.endsWith('README.md') && gatherPages())
} else {
  await build(app)
  checkFragments(join(app, 'dist'))
}
