// `npm run example <name>`: builds the packages that the example needs, and runs it until Ctrl+C.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { dirname } from 'node:path'

const names = globSync('*/package.json', { cwd: import.meta.dirname }).map((file) => dirname(file))
const [name = ''] = process.argv.slice(2)
if (!names.includes(name)) {
  if (name) console.error(`There is no example "${name}".`)
  console.error(`Name an example: npm run example ${names.toSorted().join(' | ')}`)
  process.exit(1)
}

const build = ['run', 'build', '--filter=@brandkit/examples^...', '--output-logs=errors-only']
const { status } = spawnSync('turbo', build, { stdio: ['ignore', 'ignore', 'inherit'] })
if (status !== 0) process.exit(1)

// Loaded after the build, because it imports a package.
const { openExample } = await import('./open-example.ts')
const example = await openExample(name, { write: (text) => process.stdout.write(text) })
const interrupted = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve)
})
await Promise.race([example.ended, interrupted])
await example.close()
