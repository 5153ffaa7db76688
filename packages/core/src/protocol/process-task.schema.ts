import * as z from 'zod'
import { PROCESS_OUTCOMES } from './process-task.js'
import { idSchema } from './task-id.schema.js'

/** `POST ?action=process`, called by a push queue with a signature. */
export const processTaskSchema = {
  request: z.union([z.strictObject({ taskId: idSchema }), z.strictObject({ tick: z.literal(true) })]),
  response: z.object({ outcome: z.enum(PROCESS_OUTCOMES) }),
}
