import { fileURLToPath } from 'node:url'
import { toExpress } from '@brandkit/server-adapter/express'
import express from 'express'
import { taskServer } from './task-server.ts'

// Serves and takes no work, because it never calls `taskServer.start()`. It connects at the first request.
const app = express()
app.use('/api/jobs', toExpress(taskServer))
app.get('/', (_request, response) => response.sendFile(fileURLToPath(new URL('page.html', import.meta.url))))

const port = Number(process.env.PORT ?? 3000)
app.listen(port, () => console.log(`Open http://localhost:${port}`))
process.once('SIGTERM', () => void taskServer.stop().then(() => process.exit()))
