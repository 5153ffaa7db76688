import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

it('runs without any optional peer, and names the line that installs what is needed', async () => {
  const execArgv = ['--import', pathToFileURL(join(import.meta.dirname, 'without-peers.ts')).href]
  const child = fork(join(import.meta.dirname, 'missing-peers-process.ts'), [], { execArgv })
  const [sentences] = (await once(child, 'message')) as [unknown]
  expect(sentences).toEqual({
    mounts: 'fine',
    server: 'fine',
    defaults:
      'createTaskServer has no store and no queue. Outside production it takes PGlite and pg-boss, which are not both installed: npm install @electric-sql/pglite pg-boss. Or pass memoryStore() and memoryQueue() from @brandkit/server-adapter/memory, which forget all tasks when the process ends.',
    postgres: 'postgresStore() needs the package pg here. Install it: npm install pg',
    pglite: 'postgresStore() needs the package @electric-sql/pglite here. Install it: npm install @electric-sql/pglite',
    'pg-boss': 'pgBossQueue needs the package pg-boss, which is not installed: npm install pg-boss',
    bullmq: 'bullmqQueue needs the package bullmq, which is not installed: npm install bullmq ioredis',
    qstash: 'qstashQueue needs the package @upstash/qstash, which is not installed: npm install @upstash/qstash',
    webhooks: 'webhookTarget needs the package standardwebhooks, which is not installed: npm install standardwebhooks',
    push: 'webPushTarget needs the package web-push, which is not installed: npm install web-push',
  })
})
