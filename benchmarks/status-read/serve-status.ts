// One process with four servers: Node's own HTTP and Express, each with a constant answer and with ours.
// `node serve-status.ts postgres://…` sends the addresses to the parent.
import type { RequestListener } from 'node:http'
import { defineTask, defineTasks, silentLogger } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { toExpress } from '@brandkit/server-adapter/express'
import { memoryQueue } from '@brandkit/server-adapter/memory'
import { toNode } from '@brandkit/server-adapter/node'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import express from 'express'
import { listen } from '../contenders/listen.ts'
import { work } from '../contenders/work.ts'

/** Addresses to read. Each answers with the same JSON. */
export type StatusTargets = Record<`${'node' | 'express'}-${'constant' | 'ours'}`, string>

const target = process.argv[2]
if (!target) throw new Error('Say where the tasks are kept: postgres://…')

const server = createTaskServer({
  catalog: defineTasks({ BENCH: defineTask({ title: () => 'Bench', payload: work, result: work, steps: {} }) }),
  store: postgresStore({ database: target, migrate: 'auto' }),
  queue: memoryQueue(),
  authenticate: () => ({ userId: 'bench', brandIds: '*' }),
  generators: { BENCH: ({ payload }) => payload },
  logger: silentLogger,
})
const http = await listen(toNode(server))
const created = await fetch(`${http.url}?action=create`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ type: 'BENCH', brandId: 'bench', payload: { number: 1, pauseMs: 0 } }),
})
const { task } = (await created.json()) as { task: { taskId: string } }
const query = `?action=status&taskIds=${task.taskId}`
const constant = (await (await fetch(`${http.url}${query}`)).json()) as object

const answerConstant: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(constant))
}
const withOurs = express().disable('etag').use('/api/jobs', toExpress(server))
const withConstant = express()
  .disable('etag')
  .get('/api/jobs', (_request, response) => void response.json(constant))
const addressOf = async (handler: RequestListener) => `${(await listen(handler)).url}${query}`

process.once('disconnect', () => process.exit())
process.send?.({
  'node-constant': await addressOf(answerConstant),
  'node-ours': `${http.url}${query}`,
  'express-constant': await addressOf(withConstant),
  'express-ours': await addressOf(withOurs),
} satisfies StatusTargets)
