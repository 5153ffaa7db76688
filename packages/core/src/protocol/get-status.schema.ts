import * as z from 'zod'
import { taskJsonSchema } from '../background-task.schema.js'
import { LIMITS } from '../limits.js'

export const taskIdSchema = z.string().min(1).max(LIMITS.idCharacters)

/** Comma-separated ids, each once. */
const taskIdsSchema = z
  .string()
  .max(LIMITS.tasksPerRequest * (LIMITS.idCharacters + 1))
  .transform((ids) => [...new Set(ids.split(','))])
  .pipe(z.array(taskIdSchema).min(1).max(LIMITS.tasksPerRequest))

const reply = {
  pollAfterMs: z.number().min(0).exactOptional(),
  hints: z
    .record(
      z.string(),
      z.object({ position: z.int().exactOptional(), estimatedCompletion: z.iso.datetime().exactOptional() }),
    )
    .exactOptional(),
}

/** `GET ?action=status`: one task, or up to 100. */
export const getStatusSchema = {
  request: z.union([z.strictObject({ taskId: taskIdSchema }), z.strictObject({ taskIds: taskIdsSchema })]),
  response: z.union([
    z.object({ task: taskJsonSchema, ...reply }),
    z.object({ tasks: z.array(taskJsonSchema), missing: z.array(z.string()), ...reply }),
  ]),
}
