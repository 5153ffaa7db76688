import express, { type Express } from 'express'
import * as z from 'zod'
import { type Work, work } from './work.ts'

const creation = z.object({ payload: work })
const reading = z.object({
  taskIds: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.string().max(64)).max(100)),
})

export interface TaskApi {
  /** Keeps the task and hands it to the queue. Resolves with its id. */
  create: (task: { userId: string; payload: Work }) => Promise<string>
  read: (taskIds: string[], userId: string) => Promise<object[]>
}

/** The API that a team writes around its table: bodies are checked, and users see their own tasks only. */
export function expressApi({ create, read }: TaskApi): Express {
  const app = express()
  app.disable('x-powered-by')
  // Statuses change; a hash of each answer would only cost.
  app.disable('etag')
  app.use(express.json({ limit: '100kb' }))
  app.use((request, response, next) => {
    const userId = request.get('x-user')
    if (!userId) {
      response.status(401).json({ error: 'Who are you?' })
      return
    }
    response.locals['userId'] = userId
    next()
  })

  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 handles what they reject with
  app.post('/api/jobs', async (request, response) => {
    const body = creation.safeParse(request.body)
    if (!body.success) {
      response.status(400).json({ error: z.prettifyError(body.error) })
      return
    }
    const taskId = await create({ userId: response.locals['userId'] as string, payload: body.data.payload })
    response.status(202).json({ task: { taskId, status: 'queued' } })
  })

  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 handles what they reject with
  app.get('/api/jobs', async (request, response) => {
    const query = reading.safeParse(request.query)
    if (!query.success) {
      response.status(400).json({ error: z.prettifyError(query.error) })
      return
    }
    response.json({ tasks: await read(query.data.taskIds, response.locals['userId'] as string) })
  })
  return app
}
