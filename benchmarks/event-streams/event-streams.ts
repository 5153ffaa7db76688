import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startPostgres } from '@brandkit/tooling/postgres'
import { describeMachine } from '../machine/describe-machine.ts'
import { describeConditions, toTable, whole } from '../report/markdown.ts'
import type { Bench } from '../report/report.ts'
import { quantile } from '../report/summarise.ts'
import { clockMs } from '../machine/clock.ts'
import { forkReaders, type Readers } from './fork-readers.ts'
import type { Memory } from './serve-streams.ts'

/** Streams that are opened and closed before, because the first ones also pay for loading and compiling code. */
const WARM_UP_STREAMS = 500
/** How many users have a change at the same time. */
const MOST_CHANGES = 34

interface Delivered {
  name: string
  streams: number
  deliveries: number
  /** Bytes a stream, while it is open and after it has closed. */
  heap: { open: number; closed: number }
  /** Bytes of resident memory a stream, outside of the heap included. */
  residentOpen: number
  delayMs: { p50: number; p99: number; longest: number }
}

/** What open streams of events cost one process, over real HTTP and with Postgres behind it. */
export const eventStreams: Bench = {
  title: 'memory and delay of 1,000 open event streams',
  longRun: '--streams 10000',

  async run({ rounds = 30, size = 1_000, log }) {
    const postgres = await startPostgres()
    try {
      const results = await measureStreams({ database: await postgres.createDatabase(), streams: size, rounds })
      for (const delivered of results) log(toRow(delivered).join('  '))
      const conditions = describeMachine({ packages: ['pg'] })
      const title = `${whole(size)} streams`
      const heads = [
        title,
        'deliveries',
        'heap a stream',
        'after closing',
        'resident',
        'delay, median',
        'p99',
        'longest',
      ]
      return {
        conditions,
        settings: { streams: size, rounds },
        results,
        markdown: `${describeConditions(conditions)}\n\n${toTable(heads, results.map(toRow))}`,
        plots: {},
      }
    } finally {
      await postgres.stop()
    }
  },
}

export interface MeasureStreamsOptions {
  /** An empty one, `postgres://…`. */
  database: string
  streams: number
  /** How many changes are timed. */
  rounds: number
}

/** One user has all streams, then each of as many users has one. */
export async function measureStreams({ database, streams, rounds }: MeasureStreamsOptions): Promise<Delivered[]> {
  const program = join(import.meta.dirname, 'serve-streams.ts')
  const server = fork(program, [database], { execArgv: ['--expose-gc'] })
  let readers: Readers | undefined
  try {
    const [url] = (await once(server, 'message')) as [string]
    readers = forkReaders(url, streams)
    await readers.open(Array.from({ length: Math.min(WARM_UP_STREAMS, streams) }, () => 'warm-up'))
    await readers.closeAll()
    await memoryWithoutStreams(server)
    const options = { url, server, readers, streams, rounds }
    return [
      await measure({ ...options, name: 'of one user', users: 1 }),
      await measure({ ...options, name: `of ${whole(streams)} users`, users: streams }),
    ]
  } finally {
    await readers?.end()
    const gone = once(server, 'exit')
    server.kill()
    await gone
  }
}

const kilobytes = (bytes: number) => `${(bytes / 1_024).toFixed(1)} KiB`

function toRow({ name, deliveries, heap, residentOpen, delayMs }: Delivered): string[] {
  const delays = [delayMs.p50, delayMs.p99, delayMs.longest].map((delay) => `${Math.round(delay)} ms`)
  return [name, whole(deliveries), kilobytes(heap.open), kilobytes(heap.closed), kilobytes(residentOpen), ...delays]
}

async function memoryOf(server: ChildProcess): Promise<Memory> {
  server.send('measure')
  const [memory] = (await once(server, 'message')) as [Memory]
  return memory
}

/** Streams take a moment to close; memory that is held after it has leaked. */
async function memoryWithoutStreams(server: ChildProcess): Promise<Memory> {
  for (;;) {
    const memory = await memoryOf(server)
    if (memory.streams === 0) return memory
    await wait(100)
  }
}

/** Creates a task, and resolves with its id. */
async function createTask(url: string, user: string): Promise<string> {
  const response = await fetch(`${url}?action=create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': user },
    body: JSON.stringify({ type: 'BENCH', brandId: 'bench', payload: { number: 1 } }),
  })
  const { task } = (await response.json()) as { task: { taskId: string } }
  return task.taskId
}

/** The time from the cancel request until each stream of the user has shown the end, in milliseconds. */
async function timeChange(url: string, user: string, readers: Readers): Promise<number[]> {
  const taskId = await createTask(url, user)
  await readers.seen(user, { taskId, status: 'queued' })
  // The create's event was just sent: without a pause this would measure the interval after it instead of the change.
  await wait(150 + Math.random() * 100)
  const ends = readers.seen(user, { taskId, status: 'cancelled' })
  const begun = clockMs()
  await fetch(`${url}?action=cancel`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': user },
    body: JSON.stringify({ taskId }),
  })
  return (await ends).map((at) => at - begun)
}

interface MeasureOptions {
  name: string
  url: string
  server: ChildProcess
  readers: Readers
  users: number
  streams: number
  /** How many times changes are timed. */
  rounds: number
}

async function measure({ name, url, server, readers, users, streams, rounds }: MeasureOptions): Promise<Delivered> {
  const userOf = (index: number) => `user-${index % users}`
  const before = await memoryOf(server)
  await readers.open(Array.from({ length: streams }, (_, index) => userOf(index)))
  const open = await memoryOf(server)
  const delays: number[] = []
  const changes = Math.min(users, MOST_CHANGES)
  for (let round = 0; round < rounds; round += 1) {
    const changing = Array.from({ length: changes }, (_, at) => userOf(round * changes + at))
    const times = await Promise.all(changing.map((user) => timeChange(url, user, readers)))
    for (const delay of times.flat()) delays.push(delay)
  }
  delays.sort((a, b) => a - b)
  await readers.closeAll()
  const after = await memoryWithoutStreams(server)
  return {
    name,
    streams,
    deliveries: delays.length,
    heap: {
      open: (open.heapUsed - before.heapUsed) / streams,
      closed: (after.heapUsed - before.heapUsed) / streams,
    },
    residentOpen: (open.rss - before.rss) / streams,
    delayMs: { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99), longest: quantile(delays, 1) },
  }
}
