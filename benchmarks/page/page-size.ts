import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rollup } from 'vite'
import { describeMachine } from '../machine/describe-machine.ts'
import { describeConditions, toTable } from '../report/markdown.ts'
import type { Bench } from '../report/report.ts'

const INNGEST = '@inngest/realtime@0.4.7'
const TRIGGER = '@trigger.dev/react-hooks@4.8.3'
const UPLOADTHING = '@uploadthing/react@7.3.3'
const PEERS = [TRIGGER, INNGEST, 'inngest@4.24.0', UPLOADTHING]
/** Libraries that an app has anyway, so they are not counted. */
const SHARED = ['react@19', 'react-dom@19', '@tanstack/react-query@5']
const OURS = JSON.stringify(join(import.meta.dirname, '../../packages/react/dist/index.js'))

const HOOKS = `export { TaskProvider, useCreateTask, useTaskPolling } from ${OURS}`
const EVERYTHING = `export * from ${OURS}`

/** Libraries that our code needs, and that many pages have anyway. */
const LIBRARIES = ['ky', 'eventsource-parser']

interface Entry {
  name: string
  source: string
  without?: readonly string[]
}

/** The first one is what the others are measured by. */
const OWN: readonly Entry[] = [
  { name: 'our own code: `TaskProvider, useCreateTask, useTaskPolling`', source: HOOKS, without: LIBRARIES },
  { name: 'our own code: everything, with panel and toasts', source: EVERYTHING, without: LIBRARIES },
  { name: 'ours with ky and eventsource-parser: the same three', source: HOOKS },
  { name: 'ours with ky and eventsource-parser: everything', source: EVERYTHING },
]

const OTHERS: readonly Entry[] = [
  { name: `${INNGEST}: hooks`, source: `export * from '@inngest/realtime/hooks'` },
  { name: `${UPLOADTHING}: everything`, source: `export * from '@uploadthing/react'` },
  { name: `${TRIGGER}: everything`, source: `export * from '@trigger.dev/react-hooks'` },
]

/** What a page has to load. The run installs the peers into a folder of its own, so that they stay out of the repository's dependencies. */
export const pageSize: Bench = {
  title: 'what a page has to load, beside the hooks of others',

  async run({ only, log }) {
    const withPeers = only === undefined || only.includes('peers')
    const folder = await mkdtemp(join(tmpdir(), 'brandkit-page-size-'))
    try {
      await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
      if (withPeers) installPeers(folder)
      const results: { name: string; bytes: number }[] = []
      for (const { name, source, without } of [...OWN, ...(withPeers ? OTHERS : [])]) {
        const bytes = await weigh(folder, source, without)
        log(`${name.padEnd(60)} ${bytes} B`)
        results.push({ name, bytes })
      }
      const least = results[0]?.bytes ?? NaN
      const rows = results.map(({ name, bytes }) => [
        name,
        `${(bytes / 1_000).toFixed(1)} kB`,
        (bytes / least).toFixed(1),
      ])
      const conditions = describeMachine({ packages: ['vite'] })
      return {
        conditions,
        settings: { peers: withPeers ? PEERS : [] },
        results,
        markdown: `${describeConditions(conditions)}\n\n${toTable(['', 'size', 'against our hooks'], rows)}`,
        plots: {},
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

function installPeers(folder: string): void {
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  execFileSync('npm', ['install', ...flags, ...PEERS, ...SHARED], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

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
