// `pnpm run bench:size` prints the bytes that a page loads, beside those of the peers' hooks. It installs the peers
// into a separate folder, so that they stay out of the repository's dependencies.
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rollup } from 'vite'

const PEERS = [
  '@trigger.dev/react-hooks@4.8.3',
  '@inngest/realtime@0.4.7',
  'inngest@4.24.0',
  '@uploadthing/react@7.3.3',
]
/** Libraries that apps have anyway, so they are not counted. */
const SHARED = ['react@19', 'react-dom@19', '@tanstack/react-query@5']
const OURS = JSON.stringify(join(import.meta.dirname, '../dist/index.js'))

const HOOKS = `export { TaskProvider, useCreateTask, useTaskPolling } from ${OURS}`
const EVERYTHING = `export * from ${OURS}`

const ENTRIES = {
  'ours: TaskProvider, useCreateTask, useTaskPolling': HOOKS,
  'ours: everything, with panel and toasts': EVERYTHING,
  '@uploadthing/react: everything': `export * from '@uploadthing/react'`,
  '@inngest/realtime: hooks': `export * from '@inngest/realtime/hooks'`,
  '@trigger.dev/react-hooks: everything': `export * from '@trigger.dev/react-hooks'`,
}

/** Our dependencies, which pages often have already. */
const LIBRARIES = ['ky', 'eventsource-parser']

/** The bytes of an entry with all its imports, minified and compressed with gzip. */
async function weigh(folder: string, source: string, without: readonly string[] = []): Promise<number> {
  const input = join(folder, 'entry.js')
  await writeFile(input, source)
  const output = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input,
        preserveEntrySignatures: 'strict',
        external: [/^(react|react-dom|@tanstack\/react-query)($|\/)/, ...without],
      },
    },
  })
  const [{ output: files }] = [output].flat() as [Rollup.RollupOutput]
  return files.reduce((sum, file) => sum + (file.type === 'chunk' ? gzipSync(file.code, { level: 9 }).length : 0), 0)
}

const folder = await mkdtemp(join(tmpdir(), 'brandkit-weigh-'))
try {
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...PEERS, ...SHARED],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const sizes: [string, number][] = [
    ['our own code: the same three', await weigh(folder, HOOKS, LIBRARIES)],
    ['our own code: everything', await weigh(folder, EVERYTHING, LIBRARIES)],
  ]
  for (const [name, source] of Object.entries(ENTRIES)) sizes.push([name, await weigh(folder, source)])
  const [[, least] = ['', 1]] = sizes
  for (const [name, bytes] of sizes)
    console.log(`${name.padEnd(52)} ${(bytes / 1_000).toFixed(1).padStart(6)} kB  ${(bytes / least).toFixed(1)} ×`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
