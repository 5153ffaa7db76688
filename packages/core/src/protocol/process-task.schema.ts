import * as z from 'zod'
import { taskIdSchema } from './get-status.schema.js'
import { PROCESS_OUTCOMES } from './process-task.js'

/** `POST ?action=process`, called by a push queue with a signature. */
export const processTaskSchema = {
  request: z.union([z.strictObject({ taskId: taskIdSchema }), z.strictObject({ tick: z.literal(true) })]),
  response: z.object({ outcome: z.enum(PROCESS_OUTCOMES) }),
}
