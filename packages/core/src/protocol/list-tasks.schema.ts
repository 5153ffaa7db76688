import * as z from 'zod'
import { taskJsonSchema } from '../background-task.schema.js'
import * as LIMITS from '../limits.js'
import { TASK_STATUSES } from '../task-status.js'
import { instantSchema } from './instant.schema.js'
import { idSchema } from './task-id.schema.js'

/** `GET ?action=list` */
export const listTasksSchema = {
  request: z.strictObject({
    brandId: idSchema.exactOptional(),
    type: idSchema.exactOptional(),
    /** Comma-separated. */
    status: z
      .string()
      .transform((statuses) => [...new Set(statuses.split(','))])
      .pipe(z.array(z.enum(TASK_STATUSES)))
      .exactOptional(),
    batchId: idSchema.exactOptional(),
    endedAfter: instantSchema.exactOptional(),
    cursor: z.string().max(500).exactOptional(),
    limit: z.coerce.number().int().min(1).max(LIMITS.tasksPerRequest).default(50),
  }),
  response: z.object({ tasks: z.array(taskJsonSchema), nextCursor: z.string().nullable() }),
}
