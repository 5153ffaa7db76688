import * as z from 'zod'
import { taskJsonSchema } from '../background-task.schema.js'
import * as LIMITS from '../limits.js'
import { taskBatchSchema } from '../task-batch.schema.js'
import { idSchema, idsSchema } from './task-id.schema.js'

/** Comma-separated ids, each once. */
const listedIdsSchema = z
  .string()
  .max(LIMITS.tasksPerRequest * (LIMITS.idCharacters + 1))
  .transform((ids) => [...new Set(ids.split(','))])
  .pipe(idsSchema)

/** Seconds to hold the answer back until something is newer than `If-None-Match`. */
const wait = z.coerce.number().min(0).max(LIMITS.waitSeconds).exactOptional()

export const taskHintsSchema = z.record(
  z.string(),
  z.object({ position: z.int().min(1).exactOptional(), estimatedCompletion: z.iso.datetime().exactOptional() }),
)

const reply = { pollAfterMs: z.number().min(0).exactOptional(), hints: taskHintsSchema.exactOptional() }

/** `GET ?action=status`: one task, up to 100, or a batch as a whole. */
export const getStatusSchema = {
  request: z.union([
    z.strictObject({ taskId: idSchema, wait }),
    z.strictObject({ taskIds: listedIdsSchema, wait }),
    z.strictObject({ batchId: idSchema, wait }),
  ]),
  response: z.union([
    z.object({ task: taskJsonSchema, ...reply }),
    z.object({ tasks: z.array(taskJsonSchema), missing: z.array(z.string()), ...reply }),
    z.object({ batch: taskBatchSchema, ...reply }),
  ]),
}
