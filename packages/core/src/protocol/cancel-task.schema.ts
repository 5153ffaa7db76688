import * as z from 'zod'
import { taskJsonSchema } from '../background-task.schema.js'
import { taskIdSchema } from './get-status.schema.js'

/** `POST ?action=cancel` */
export const cancelTaskSchema = {
  request: z.strictObject({ taskId: taskIdSchema }),
  response: z.object({ task: taskJsonSchema }),
}
