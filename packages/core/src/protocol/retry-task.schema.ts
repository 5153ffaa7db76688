import * as z from 'zod'
import { taskJsonSchema } from '../background-task.schema.js'
import { idSchema } from './task-id.schema.js'

/** `POST ?action=retry` */
export const retryTaskSchema = {
  request: z.strictObject({ taskId: idSchema }),
  response: z.object({ task: taskJsonSchema }),
}
