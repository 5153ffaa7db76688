// One process that only takes requests: `node --expose-gc serve-streams.ts postgres://…`. Sends its address to the parent,
// and its memory use whenever the parent asks.
import { defineTask, defineTasks, silentLogger } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { memoryQueue } from '@brandkit/server-adapter/memory'
import { toNode } from '@brandkit/server-adapter/node'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod'

const target = process.argv[2]
if (!target) throw new Error('Say where the tasks are kept: postgres://…')

const number = z.object({ number: z.int() })
const server = createTaskServer({
  catalog: defineTasks({ BENCH: defineTask({ title: () => 'Bench', payload: number, result: number, steps: {} }) }),
  store: postgresStore(target),
  queue: memoryQueue(),
  authenticate: ({ headers }) => ({ userId: headers.get('x-user') ?? 'nobody', brandIds: '*' }),
  generators: { BENCH: ({ payload }) => payload },
  logger: silentLogger,
  // Streams would ask their readers to come again after four minutes, which these readers do not.
  timings: { streamMs: 3_600_000 },
})

export interface Memory {
  heapUsed: number
  rss: number
  /** How many event streams are open. */
  streams: number
}

const http = createServer(toNode(server)).listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(http.address() as AddressInfo).port}/api/jobs`)
})
http.keepAliveTimeout = 60_000

let streams = 0
http.on('request', ({ url }, response) => {
  if (!url?.includes('action=events')) return
  streams++
  response.once('close', () => streams--)
})
process.on('message', () => {
  // Two passes, since only the second collects objects that the first has finalised.
  for (let pass = 0; pass < 2; pass += 1) globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  process.send?.({ heapUsed, rss, streams } satisfies Memory)
})
process.once('disconnect', () => process.exit())
