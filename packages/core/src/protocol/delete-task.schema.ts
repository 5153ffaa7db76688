import * as z from 'zod'
import { taskIdSchema } from './get-status.schema.js'

/** `POST ?action=delete` */
export const deleteTaskSchema = {
  request: z.strictObject({ taskId: taskIdSchema }),
  response: z.object({ taskId: taskIdSchema }),
}
