// The baseline: code that one writes by hand with node:http, pg and pg-boss. `node serve-baseline.ts postgres://…` A table
// holds the status that clients read; send, fetch and complete do the work. It is the minimum that shows a task's life to
// clients: no validation, authorisation, leases, fencing or alarms.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'

const QUEUE = 'baseline'
/** Jobs that one loop takes and runs at the same time; four loops equal the concurrency of 64 on our side. */
const BATCH = 16
const LOOPS = 4
/** How long a loop pauses when it has found no job, in milliseconds. */
const IDLE_MS = 20

const connectionString = process.argv[2]
if (!connectionString) throw new Error('Say where: postgres://…')

const pool = new Pool({ connectionString, max: 10 })
await pool.query(`create table if not exists baseline_tasks (
  id uuid primary key, payload json not null, status text not null, progress int not null default 0, result json)`)

const boss = new PgBoss({ connectionString, schema: 'baseline_queue', max: 10 })
boss.on('error', (error) => console.error(error))
await boss.start()
await boss.createQueue(QUEUE, { retryLimit: 0 })

async function run(taskId: string): Promise<void> {
  const { rows } = await pool.query(`update baseline_tasks set status = 'processing' where id = $1 returning payload`, [
    taskId,
  ])
  await pool.query('update baseline_tasks set progress = 30 where id = $1', [taskId])
  await pool.query('update baseline_tasks set progress = 60 where id = $1', [taskId])
  await pool.query(`update baseline_tasks set status = 'completed', progress = 100, result = $2 where id = $1`, [
    taskId,
    JSON.stringify((rows[0] as { payload: unknown }).payload),
  ])
}

async function work(): Promise<never> {
  for (;;) {
    const jobs = await boss.fetch<{ taskId: string }>(QUEUE, { batchSize: BATCH })
    if (jobs.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
      continue
    }
    await Promise.all(jobs.map(({ data }) => run(data.taskId)))
    await boss.complete(
      QUEUE,
      jobs.map(({ id }) => id),
    )
  }
}

async function create(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { payload } = JSON.parse(Buffer.concat(chunks).toString()) as { payload: unknown }
  const taskId = randomUUID()
  await pool.query(`insert into baseline_tasks (id, payload, status) values ($1, $2, 'queued')`, [
    taskId,
    JSON.stringify(payload),
  ])
  await boss.send(QUEUE, { taskId })
  return { task: { taskId, status: 'queued' } }
}

async function readStatuses(query: URLSearchParams): Promise<object> {
  const ids = query.get('taskIds')?.split(',') ?? []
  const { rows } = await pool.query(
    'select id as "taskId", status, progress, result from baseline_tasks where id = any($1)',
    [ids],
  )
  return { tasks: rows }
}

const http = createServer((request, response) => {
  const reply =
    request.method === 'POST'
      ? create(request)
      : readStatuses(new URL(request.url ?? '/', 'http://localhost').searchParams)
  reply.then(
    (body) =>
      response
        .writeHead(request.method === 'POST' ? 202 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
}).listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`)
})
// With the default of 5 s, a connection may close at the moment when a busy client uses it again.
http.keepAliveTimeout = 60_000
process.once('disconnect', () => process.exit())
await Promise.all(Array.from({ length: LOOPS }, work))
