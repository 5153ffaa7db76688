// A separate process, started after without-peers.ts. It tells its parent how each part of the package reacts.
import { silentLogger } from '@brandkit/core'
import { createTaskServer, type NotifyTarget } from '@brandkit/server-adapter'
import { bullmqQueue } from '@brandkit/server-adapter/bullmq'
import { memoryQueue, memoryStore } from '@brandkit/server-adapter/memory'
import { webhookTarget, webPushTarget } from '@brandkit/server-adapter/notify'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { qstashQueue } from '@brandkit/server-adapter/qstash'

/** The message for each attempt of an app; `fine` if nothing is missing. */
type Sentences = Record<
  'mounts' | 'server' | 'defaults' | 'postgres' | 'pglite' | 'pg-boss' | 'bullmq' | 'qstash' | 'webhooks' | 'push',
  string
>

const saidBy = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error: unknown) => (error as Error).message,
  )
const database = {
  kind: 'postgres',
  pool: {},
  connectionString: 'postgres://127.0.0.1/none',
  dial: () => Promise.reject(new Error('Without pg-boss nothing is dialled.')),
} as const
const context = { store: { ...memoryStore(), database }, logger: silentLogger }
const notifying = (target?: NotifyTarget) =>
  createTaskServer({
    catalog: {},
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: () => null,
    generators: {},
    logger: silentLogger,
    ...(target && { notify: { targets: { target } } }),
  })
const choosingNothing = () =>
  createTaskServer({ catalog: {}, authenticate: () => null, generators: {}, logger: silentLogger })
const vapid = { subject: 'mailto:ops@app.example', publicKey: 'p', privateKey: 'k' }
const server = notifying()
const keys = { token: 't', currentSigningKey: 'c', nextSigningKey: 'n', publicUrl: 'https://app.example/api/jobs' }

const mounts = Promise.all([
  import('@brandkit/server-adapter/node'),
  import('@brandkit/server-adapter/express'),
  import('@brandkit/server-adapter/fastify'),
  import('@brandkit/server-adapter/hono'),
  import('@brandkit/server-adapter/next'),
  import('@brandkit/server-adapter/mcp'),
])

const sentences: Sentences = {
  mounts: await saidBy(mounts),
  server: await saidBy(server.start().then(() => server.stop())),
  defaults: await saidBy(choosingNothing().start()),
  postgres: await saidBy(postgresStore(database.connectionString).open()),
  pglite: await saidBy(postgresStore('memory://').open()),
  'pg-boss': await saidBy(pgBossQueue().open(context)),
  bullmq: await saidBy(bullmqQueue({ connection: 'redis://127.0.0.1' }).open(context)),
  qstash: await saidBy(qstashQueue(keys).open(context)),
  webhooks: await saidBy(notifying(webhookTarget({ url: 'https://crm.example', secret: 's' })).start()),
  push: await saidBy(notifying(webPushTarget({ vapid, subscriptionsOf: () => [] })).start()),
}
process.send?.(sentences)
