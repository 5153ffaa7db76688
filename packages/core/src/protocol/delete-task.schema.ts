import * as z from 'zod'
import { idSchema } from './task-id.schema.js'

/** `POST ?action=delete` */
export const deleteTaskSchema = {
  request: z.strictObject({ taskId: idSchema }),
  response: z.object({ taskId: idSchema }),
}
