import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { vi } from 'vitest'
import type { Finding } from '../../src/cli/doctor/finding.js'
import type { TaskLife } from '../../src/cli/inspect/read-life.js'
import type { TaskEvent } from '../../src/cli/inspect/task-events.js'
import { run } from '../../src/cli/main.js'

const BIN = join(import.meta.dirname, '../../bin/brandkit.js')

export interface BinRun {
  code: number
  stdout: string
  stderr: string
  /** What `--json` has printed. */
  json: () => Printed
}

/** The fields of all commands; each command prints its own. */
interface Printed extends Pick<TaskLife, 'task' | 'times' | 'sizes' | 'audit' | 'retries'> {
  ok: boolean
  findings: Finding[]
  statements: string[]
  migrations: { number: number; name: string }[]
  events: TaskEvent[]
}

/** Runs the built command as a person does, with no other variables than these. */
export function runBin(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<BinRun> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env
  const env = { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }), ...variables }
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, ...args], { env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 0
      resolve({ code: error && code === 0 ? NaN : code, stdout, stderr, json: () => JSON.parse(stdout) as Printed })
    })
  })
}

/** What the commands read. */
const VARIABLES = [
  'DATABASE_URL',
  'REDIS_URL',
  'PUBLIC_URL',
  'QSTASH_URL',
  'QSTASH_TOKEN',
  'QSTASH_CURRENT_SIGNING_KEY',
  'QSTASH_NEXT_SIGNING_KEY',
]

/** As `runBin` within this process, which has loaded the drivers already: a process costs half a second of a core. */
export async function runHere(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<BinRun> {
  for (const name of VARIABLES) vi.stubEnv(name, variables[name])
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() }
  const written = Promise.all([text(streams.stdout), text(streams.stderr)])
  const code = await run(args, streams)
  for (const stream of Object.values(streams)) stream.end()
  const [stdout, stderr] = await written
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as Printed }
}
