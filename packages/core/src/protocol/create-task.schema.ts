import * as z from 'zod'
import { taskJsonSchema } from '../background-task.schema.js'
import * as LIMITS from '../limits.js'
import { TASK_PRIORITIES } from '../task-priority.js'
import { instantSchema } from './instant.schema.js'

/** One task to create. The payload is checked by the catalog's schema of its type, in a second step. */
export const newTaskSchema = z.strictObject({
  type: z.string().min(1).max(LIMITS.idCharacters),
  brandId: z.string().min(1).max(LIMITS.idCharacters),
  payload: z.unknown(),
  priority: z.enum(TASK_PRIORITIES).exactOptional(),
  maxRetries: z.int().min(0).max(LIMITS.maxRetries).exactOptional(),
  runAt: instantSchema.exactOptional(),
})

/** `POST ?action=create`: one task, or a batch that is created whole or not at all. */
export const createTaskSchema = {
  request: z.union([
    newTaskSchema,
    z.strictObject({ tasks: z.array(newTaskSchema).min(1).max(LIMITS.tasksPerRequest) }),
  ]),
  response: z.union([
    z.object({ task: taskJsonSchema }),
    z.object({ batchId: z.string(), tasks: z.array(taskJsonSchema) }),
  ]),
}
