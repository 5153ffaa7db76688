// The floor: the least that a life costs by HTTP on Postgres. No queue, no limit of running tasks, and nothing starts again
// after a crash. No contender can be faster without giving up the row, the end in the row, or HTTP.
import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { Pool } from 'pg'
import type { CreateContender } from './contender.ts'
import { httpContender } from './http-contender.ts'
import { createTaskTable } from './task-table.ts'
import { doWork, type Work } from './work.ts'

const INSERT = {
  name: 'insert-many',
  text: `insert into tasks (id, user_id, payload, status, attempts)
         select id, user_id, payload, 'processing', 1
           from json_to_recordset($1) as task (id uuid, user_id text, payload jsonb)`,
}
const COMPLETE = {
  name: 'complete-many',
  text: `update tasks set status = 'completed', progress = 100, result = done.result, updated_at = now(), completed_at = now()
           from json_to_recordset($1) as done (id uuid, result jsonb)
          where tasks.id = done.id and tasks.status = 'processing'`,
}

export const createContender: CreateContender = ({ postgres }) => {
  const pool = new Pool({ connectionString: postgres, max: 20 })
  pool.on('error', console.error)
  const table = createTaskTable(pool)
  const insert = inBatches((rows) => pool.query({ ...INSERT, values: [JSON.stringify(rows)] }))
  const complete = inBatches((rows) => pool.query({ ...COMPLETE, values: [JSON.stringify(rows)] }))

  async function create(userId: string, payload: Work): Promise<string> {
    const id = randomUUID()
    await insert({ id, user_id: userId, payload })
    run(id, payload).catch(console.error)
    return id
  }

  async function run(id: string, payload: Work): Promise<void> {
    await complete({ id, result: await doWork(payload, () => {}) })
  }

  const handler: RequestListener = (request, response) => {
    const userId = String(request.headers['x-user'])
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const fail = (error: unknown) => answer(500, { error: String(error) })
    if (request.method === 'GET') {
      const taskIds = (request.url ?? '').split('taskIds=')[1]?.split(',') ?? []
      table.read(taskIds, userId).then((tasks) => answer(200, { tasks }), fail)
      return
    }
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece))
    request.on('end', () => {
      const { payload } = JSON.parse(body) as { payload: Work }
      create(userId, payload).then((taskId) => answer(202, { task: { taskId, status: 'processing' } }), fail)
    })
  }

  return httpContender({ handler, audit: table.audit, open: () => table.migrate(), close: () => pool.end() })
}

/** Rows that come during a statement share the next one. */
function inBatches(run: (rows: readonly object[]) => Promise<unknown>): (row: object) => Promise<void> {
  let next: { rows: object[]; done: Promise<void> } | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function send(rows: readonly object[]): Promise<void> {
    await last
    next = undefined
    const sent = run(rows)
    last = sent.catch(() => {})
    await sent
  }

  return (row) => {
    if (!next) {
      const rows: object[] = []
      next = { rows, done: send(rows) }
    }
    next.rows.push(row)
    return next.done
  }
}
