import * as z from 'zod'
import { taskJsonSchema } from '../background-task.schema.js'
import { CANCEL_OUTCOMES } from './cancel-task.js'
import { idSchema, idsSchema } from './task-id.schema.js'

/** `POST ?action=cancel`: one task, several, or all of a batch. */
export const cancelTaskSchema = {
  request: z.union([
    z.strictObject({ taskId: idSchema }),
    z.strictObject({ taskIds: idsSchema }),
    z.strictObject({ batchId: idSchema }),
  ]),
  response: z.union([
    z.object({ task: taskJsonSchema }),
    z.object({ outcomes: z.array(z.object({ taskId: z.string(), outcome: z.enum(CANCEL_OUTCOMES) })) }),
  ]),
}
