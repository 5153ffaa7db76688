import { isJsonObject, LIMITS } from '@brandkit/core'
import { newTaskSchema } from '@brandkit/core/schemas'
import * as z from 'zod'
import type { NewTaskInput } from '../runtime/creating/new-task.js'
import { parseInput } from './perform-action.js'
import { toBody } from './to-body.js'

const statsOptionsSchema = z.object({ tenantId: z.string().optional() })

/**
 * A task from server code, by the schema of `action=create`. The payload stays as it is: its own check, which has the
 * limits of JSON, makes the one copy.
 *
 * @throws TaskError `invalid_request`
 */
export function parseNewTask(input: unknown): NewTaskInput {
  const action = { schema: { request: newTaskSchema }, name: 'create' }
  if (!isJsonObject(input)) return parseInput(input, action) as NewTaskInput
  const { payload, ...head } = input
  return parseInput({ ...toBody(head, { maxBytes: LIMITS.payloadBytes }), payload }, action) as NewTaskInput
}

/** @throws TaskError `invalid_request` */
export function parseStatsOptions(options: unknown): z.output<typeof statsOptionsSchema> {
  return parseInput(options, { schema: { request: statsOptionsSchema }, name: 'stats' }) as never
}
