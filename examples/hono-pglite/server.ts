import { readFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import { toHono } from '@brandkit/server-adapter/hono'
import { Hono } from 'hono'
import { taskServer } from './task-server.ts'

const app = new Hono()
app.all('/api/jobs/*', toHono(taskServer))
app.get('/', async (context) => context.html(await readFile(new URL('page.html', import.meta.url), 'utf8')))

await taskServer.start()
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) =>
  console.log(`Open http://localhost:${port}`),
)
process.once('SIGTERM', () => void taskServer.stop().then(() => process.exit()))
