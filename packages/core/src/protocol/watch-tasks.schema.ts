import * as z from 'zod'
import { taskJsonSchema } from '../background-task.schema.js'
import { taskHintsSchema } from './get-status.schema.js'
import { idSchema } from './task-id.schema.js'

const news = z.object({ tasks: z.array(taskJsonSchema), hints: taskHintsSchema.exactOptional() })
const nothing = z.object({})

/** `GET ?action=events`: all tasks of the caller, or those of one batch, as a stream. */
export const watchTasksSchema = {
  request: z.strictObject({ batchId: idSchema.exactOptional() }),
  /** One message of the stream. */
  response: z.discriminatedUnion('event', [
    z.object({ event: z.literal('snapshot'), data: news }),
    z.object({ event: z.literal('tasks'), data: news }),
    z.object({ event: z.literal('beat'), data: nothing }),
    z.object({ event: z.literal('reconnect'), data: z.object({ afterMs: z.number().min(0) }) }),
    z.object({ event: z.literal('unauthenticated'), data: nothing }),
    z.object({ event: z.literal('end'), data: nothing }),
  ]),
}
