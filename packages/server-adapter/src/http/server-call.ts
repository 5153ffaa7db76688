import { isJsonObject, LIMITS } from '@brandkit/core'
import { lazily, newTaskSchema, usageSchemas } from '@brandkit/core/schemas'
import * as z from 'zod'
import { USAGE_SUMS } from '../store/store-usage.js'
import { isIdempotencyKey } from '../runtime/creating/idempotency.js'
import type { NewTaskInput } from '../runtime/creating/new-task.js'
import type { UsageRequest } from '../runtime/spending/usage-reader.js'
import type { SqlTransaction } from '../store/sql-database.js'
import { parseInput } from './perform-action.js'
import { toBody } from './read-body.js'

export interface ServerCreateOptions {
  transaction?: SqlTransaction | undefined
  idempotencyKey?: string | undefined
  /** 32 hex digits. Default: the trace id of the app's active span, otherwise a new one. */
  traceId?: string | undefined
}

const callOptionsSchema = lazily(() =>
  z.object({
    traceId: z
      .string()
      .regex(/^(?!0{32})[0-9a-f]{32}$/i, 'Invalid input: must be 32 hex digits, not all of them 0')
      .toLowerCase()
      .optional(),
    idempotencyKey: z
      .string()
      .refine(isIdempotencyKey, `Invalid input: must be 1 to ${LIMITS.idCharacters} visible ASCII characters`)
      .optional(),
    // Checks the shape instead of the class, because a test's DOM or a polyfill has its own `AbortSignal`.
    signal: z
      .custom<AbortSignal>((value) => hasMethod(value, 'throwIfAborted'), 'Invalid input: must be an AbortSignal')
      .optional(),
    transaction: z
      .custom<SqlTransaction>((value) => hasMethod(value, 'query'), 'Invalid input: must have a function `query`')
      .optional(),
  }),
)

export type CallOptions = z.output<typeof callOptionsSchema>

/**
 * Checks the options of calls in process.
 *
 * @throws TaskError `invalid_request`
 */
export function parseCallOptions(given: unknown, name: string): CallOptions {
  if (given === undefined) return {}
  return parseInput(given, { schema: { request: callOptionsSchema }, name }) as CallOptions
}

function hasMethod(value: unknown, method: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function'
}

const statsOptionsSchema = lazily(() => z.object({ tenantId: z.string().optional() }))

const usageRequestSchema = lazily(() => {
  const limit = z.int().min(1).max(MOST_SUMS).optional()
  const tenantId = z.string().optional()
  return z.discriminatedUnion('by', [
    z.strictObject({
      by: z.enum(USAGE_SUMS),
      id: z.string().optional(),
      tenantId,
      month: usageSchemas.month.optional(),
      limit,
    }),
    z.strictObject({ by: z.literal('attempt'), id: z.string(), tenantId, limit }),
  ])
})
const MOST_SUMS = 1_000

/**
 * Checks what `server.usage` is asked.
 *
 * @throws TaskError `invalid_request`
 */
export function parseUsageRequest(request: unknown): UsageRequest {
  return parseInput(request, { schema: { request: usageRequestSchema }, name: 'usage' }) as UsageRequest
}

/**
 * Checks a new task from server code by the schema of `action=create`. Leaves the payload to its own check, which also
 * makes the only copy.
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
