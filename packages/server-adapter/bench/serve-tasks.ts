// One process of our server: `node serve-tasks.ts <folder or postgres://…>`. Sends its address to the parent.
import { defineTask, defineTasks, silentLogger } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { toNode } from '@brandkit/server-adapter/node'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod'

const target = process.argv[2]
if (!target) throw new Error('Say where the tasks are kept: a folder or postgres://…')

const number = z.object({ number: z.int() })
const server = createTaskServer({
  catalog: defineTasks({
    BENCH: defineTask({ title: () => 'Bench', payload: number, result: number, steps: {} }),
  }),
  store: postgresStore(target),
  queue: pgBossQueue(),
  authenticate: () => ({ userId: 'bench', brandIds: '*' }),
  generators: {
    BENCH: async (task) => {
      await task.progress(30)
      await task.progress(60)
      return task.payload
    },
  },
  concurrency: 64,
  logger: silentLogger,
})

await server.start()
const http = createServer(toNode(server)).listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(http.address() as AddressInfo).port}/api/jobs`)
})
// With the default of 5 s, a connection may close at the moment when a busy client uses it again.
http.keepAliveTimeout = 60_000
process.once('disconnect', () => process.exit())
