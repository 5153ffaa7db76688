import { toNext } from '@brandkit/server-adapter/next'
import { taskServer } from '../../../task-server.ts'

export const maxDuration = 300 // seconds
export const { GET, POST, OPTIONS } = toNext(taskServer)
