// `pnpm run bench:streams`: the cost of 1,000 event streams for one process. docs/benchmarks.md says how to read it.
import { startPostgres } from '@brandkit/tooling/postgres'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type EventReader, readEvents } from './read-events.ts'
import type { Memory } from './serve-streams.ts'

const STREAMS = 1_000
/** How many changes are timed. */
const ROUNDS = 30
/** How many readers connect at the same time. */
const AT_ONCE = 50

async function memoryOf(server: ChildProcess): Promise<Memory> {
  server.send('measure')
  const [memory] = (await once(server, 'message')) as [Memory]
  return memory
}

async function connectAll(url: string, userOf: (index: number) => string): Promise<EventReader[]> {
  const readers: EventReader[] = []
  while (readers.length < STREAMS) {
    const from = readers.length
    const some = Array.from({ length: Math.min(AT_ONCE, STREAMS - from) }, (_, at) =>
      readEvents(url, userOf(from + at)),
    )
    readers.push(...(await Promise.all(some)))
  }
  return readers
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

/** The time from the cancel request until each given reader has received the end, in milliseconds. */
async function timeChange(url: string, user: string, readers: readonly EventReader[]): Promise<number[]> {
  const taskId = await createTask(url, user)
  await Promise.all(readers.map((reader) => reader.seen(taskId, 'queued')))
  // The create's event was just sent: without a pause this would measure the interval after it instead of the change.
  await wait(150 + Math.random() * 100)
  const ends = readers.map((reader) => reader.seen(taskId, 'cancelled'))
  const begun = performance.now()
  await fetch(`${url}?action=cancel`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': user },
    body: JSON.stringify({ taskId }),
  })
  return (await Promise.all(ends)).map((at) => at - begun)
}

const atShare = (sorted: readonly number[], share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN
const kilobytes = (bytes: number) => `${(bytes / 1_024).toFixed(1)} KiB`

async function measure(name: string, url: string, server: ChildProcess, users: number): Promise<void> {
  const userOf = (index: number) => `user-${index % users}`
  const before = await memoryOf(server)
  const readers = await connectAll(url, userOf)
  const open = await memoryOf(server)
  const delays: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    // With many users, each user gets one change; a single user gets every change.
    const turn = Array.from({ length: Math.ceil(users / ROUNDS) }, (_, at) => userOf(round + at * ROUNDS))
    const times = turn.map((user) =>
      timeChange(
        url,
        user,
        readers.filter((_, index) => userOf(index) === user),
      ),
    )
    delays.push(...(await Promise.all(times)).flat())
  }
  delays.sort((a, b) => a - b)
  for (const reader of readers) reader.close()
  // Sockets take a moment to close; sockets that are still open after it have leaked.
  await wait(2_000)
  const after = await memoryOf(server)
  console.log(
    [
      `${name.padEnd(30)} ${STREAMS} streams, ${delays.length} deliveries`,
      `heap ${kilobytes((open.heapUsed - before.heapUsed) / STREAMS)}, rss ${kilobytes((open.rss - before.rss) / STREAMS)} a stream`,
      `after closing ${kilobytes((after.heapUsed - before.heapUsed) / STREAMS)} a stream`,
      `delay median ${Math.round(atShare(delays, 0.5))} ms, p99 ${Math.round(atShare(delays, 0.99))} ms, longest ${Math.round(atShare(delays, 1))} ms`,
    ].join('\n    '),
  )
}

console.log(`Node ${process.versions.node}, ${availableParallelism()} cores`)
const postgres = await startPostgres()
try {
  const program = join(import.meta.dirname, 'serve-streams.ts')
  const server = fork(program, [await postgres.createDatabase()], { execArgv: ['--expose-gc'] })
  const [url] = (await once(server, 'message')) as [string]
  // A warm-up, because the first readers also pay for loading and compiling code.
  for (const reader of await connectAll(url, () => 'warm-up')) reader.close()
  await wait(2_000)
  await measure('one user watches 1,000 times', url, server, 1)
  await measure('1,000 users watch once each', url, server, STREAMS)
  server.kill()
  await once(server, 'exit')
} finally {
  await postgres.stop()
}
