// `pnpm run bench`: how many tasks per second go through their whole life over HTTP. docs/benchmarks.md says how to read it.
import { startPostgres } from '@brandkit/tooling/postgres'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureWholeLife, type WholeLife } from './measure-whole-life.ts'

const CONNECTIONS = 64
/** Long enough to fill caches and to open every connection. */
const WARM_UP_MS = 2_000
const DURATION_MS = 8_000

/** Runs one server in a process of its own, warms it up and measures it. */
async function measure(program: string, target: string): Promise<WholeLife> {
  const server = fork(join(import.meta.dirname, program), [target], { execArgv: [] })
  try {
    const [url] = (await once(server, 'message')) as [string]
    await measureWholeLife({ url, connections: CONNECTIONS, durationMs: WARM_UP_MS })
    return await measureWholeLife({ url, connections: CONNECTIONS, durationMs: DURATION_MS })
  } finally {
    server.kill()
    await once(server, 'exit')
  }
}

function print(name: string, { tasks, seconds, perSecond, medianMs }: WholeLife, peer?: WholeLife): void {
  const ratio = peer ? `  ${(perSecond / peer.perSecond).toFixed(2)} × peer` : ''
  console.log(
    `${name.padEnd(34)} ${String(Math.round(perSecond)).padStart(5)} tasks/s  ${tasks} in ${seconds.toFixed(1)} s  median life ${Math.round(medianMs)} ms${ratio}`,
  )
}

console.log(
  `Node ${process.versions.node}, ${availableParallelism()} cores, ${CONNECTIONS} connections, 2 progress updates a task`,
)
const folder = await mkdtemp(join(tmpdir(), 'brandkit-bench-'))
const postgres = await startPostgres()
try {
  const peer = await measure('serve-baseline.ts', await postgres.createDatabase())
  print('node:http + pg + pg-boss by hand', peer)
  print('ours on the same Postgres', await measure('serve-tasks.ts', await postgres.createDatabase()), peer)
  print('ours on PGlite', await measure('serve-tasks.ts', join(folder, 'data')))
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
