// A separate process, started after old-node.ts. It imports every entry point of the package, and reports the messages.
import { bullmqQueue } from '@brandkit/server-adapter/bullmq'
import { createTaskServer } from '@brandkit/server-adapter'
import { memoryQueue, memoryStore } from '@brandkit/server-adapter/memory'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { qstashQueue } from '@brandkit/server-adapter/qstash'

const mounts = ['express', 'fastify', 'hono', 'next', 'node', 'websocket']
await Promise.all(mounts.map((name) => import(`@brandkit/server-adapter/${name}`)))

function saidBy(make: () => unknown): string {
  try {
    make()
    return 'fine'
  } catch (error) {
    return (error as Error).message
  }
}

process.send?.([
  saidBy(() =>
    createTaskServer({
      catalog: {},
      generators: {},
      authenticate: () => null,
      store: memoryStore(),
      queue: memoryQueue(),
    }),
  ),
  saidBy(() => postgresStore('postgres://localhost/db')),
  saidBy(() => pgBossQueue()),
  saidBy(() => bullmqQueue({ connection: 'redis://localhost' })),
  saidBy(() =>
    qstashQueue({ token: 't', currentSigningKey: 'a', nextSigningKey: 'b', publicUrl: 'https://app.example/' }),
  ),
])
