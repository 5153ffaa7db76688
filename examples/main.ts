// `npm run example <name>`: builds the packages that the example needs, and runs it until Ctrl+C.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'

const names = globSync('*/package.json', { cwd: import.meta.dirname }).map((file) => dirname(file))
const [name = ''] = process.argv.slice(2)
if (!names.includes(name)) {
  if (name) console.error(`There is no example "${name}".`)
  console.error(`Name an example: npm run example ${names.toSorted().join(' | ')}`)
  process.exit(1)
}

const port = Number(process.env['PORT'] ?? 3000)
if (!(await isFree(port))) {
  console.error(`Port ${port} is in use; stop what listens there or set PORT to another one.`)
  process.exit(1)
}

const build = ['run', 'build', '--filter=@brandkit/examples^...', '--output-logs=errors-only']
const { status } = spawnSync('turbo', build, { stdio: ['ignore', 'ignore', 'inherit'] })
if (status !== 0) process.exit(1)

// Loaded after the build, because it imports a package.
const { openExample } = await import('./open-example.ts')
const example = await openExample(name, { write: (text) => process.stdout.write(text) })
const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve('interrupted'))
})
if ((await Promise.race([example.ended, interrupted])) !== 'interrupted') {
  console.error('The example ended by itself; it has said above why.')
  process.exitCode = 1
}
await example.close()

/** Whether a server may listen on the port, on every address of this machine. A number that is no port is the example's to refuse. */
async function isFree(wanted: number): Promise<boolean> {
  const server = createServer()
  try {
    await once(server.listen(wanted), 'listening')
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EADDRINUSE'
  } finally {
    server.close()
  }
}
