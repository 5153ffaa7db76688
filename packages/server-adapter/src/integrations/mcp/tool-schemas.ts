import { lazily } from '@brandkit/core/schemas'
import type { TaskDefinition } from '@brandkit/core'
import * as z from 'zod'
import type { JsonSchema } from '../../http/document-headers.js'
import { toJsonSchema } from '../../http/openapi/json-schema.js'

/** What a tool takes: the same fields as `action=create`. */
export function toInputSchema({ payload }: Pick<TaskDefinition, 'payload'>): JsonSchema {
  return toJsonSchema(z.strictObject({ brandId: z.string().optional(), payload }), 'input')
}

/** What a tool gives: see `toOutput`. */
export function toOutputSchema({ result }: Pick<TaskDefinition, 'result'>): JsonSchema {
  return toJsonSchema(
    z.object({
      taskId: z.string().describe('The id of the background task.'),
      type: z.string(),
      title: z.string(),
      status: z.enum(['working', 'completed', 'failed', 'cancelled']),
      progress: z.number().describe('0 to 100'),
      message: z.string().optional(),
      result: result.optional().describe('Present once the task is completed.'),
      errorCode: z.string().optional(),
    }),
    'output',
  )
}

export const helperSchemas = lazily(() => ({
  input: toJsonSchema(z.strictObject({ taskId: z.string() }), 'input'),
  output: toOutputSchema({ result: z.unknown() }),
}))
