import { toNext } from '@brandkit/server-adapter/next'
import { taskServer } from '../../../task-server.ts'

export const { GET, POST, OPTIONS } = toNext(taskServer)
