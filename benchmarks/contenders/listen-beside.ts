// `node listen-beside.ts postgres://…`: a server that takes requests only, with one open stream of events. It is another
// process that must hear of every change.
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { createOursServer } from './ours.ts'

const [, , postgres] = process.argv
if (!postgres) throw new Error('Say where the tasks are kept: postgres://…')

const server = createOursServer({ store: postgresStore(postgres), queue: pgBossQueue(), concurrency: 1 })
process.once('disconnect', () => process.exit())

const events = await server.handler(
  new Request('http://127.0.0.1/api/jobs?action=events', { headers: { 'x-user': 'bench' } }),
)
if (!events.ok || !events.body) throw new Error(`The stream of events answered ${events.status}.`)
const reader = events.body.getReader()
await reader.read()
process.send?.('listens')
while (!(await reader.read()).done);
