import { describeError, handled, type TaskDefinition, TaskError, type TaskLogger } from '@brandkit/core'
import type * as z from 'zod'
import { fromCheckpointKey } from '../store/checkpoint-key.js'
import type { StoredTask } from '../store/task-store.js'
import { describeIssues, parseWith, toFieldIssues } from '../field-issues.js'

type Stored = Pick<StoredTask, 'taskId' | 'traceId' | 'type' | 'payload' | 'typeVersion'>

/**
 * Reads a payload, which an earlier release may have stored, by today's catalog: adds new defaults, or upgrades it. Payloads
 * of an earlier version always pass through `upgrade`, even if they fit: 5 euros would be a valid number of cents.
 *
 * @throws TaskError `payload_outdated` when the payload does not fit; the log names the fields
 */
export function readStoredPayload(stored: Stored, definition: TaskDefinition, logger: TaskLogger): unknown {
  const { taskId, traceId, type, typeVersion } = stored
  const { version = 1 } = definition
  const reasons: string[] = []
  for (const take of waysOf(stored, definition)) {
    const read = tryToRead(definition.payload, take)
    if (read.fits) return read.data
    reasons.push(read.reason)
  }
  logger.error(
    `The payload of ${type}, stored by version ${typeVersion}, does not fit version ${version} of the catalog: ${reasons.join('; upgraded: ')}`,
    { taskId, traceId },
  )
  throw new TaskError(
    'payload_outdated',
    'This was started with an earlier version of the app and cannot go on. Start it again.',
  )
}

function waysOf({ payload, typeVersion }: Stored, definition: TaskDefinition): (() => unknown)[] {
  const asItIs = () => payload
  if (!definition.upgrade) return [asItIs]
  const upgraded = () => definition.upgrade?.(payload, typeVersion)
  return typeVersion < (definition.version ?? 1) ? [upgraded] : [asItIs, upgraded]
}

/** The stored outputs of steps and items that fit today's catalog, by checkpoint. Others run again. */
export function readStoredOutputs(
  checkpoints: ReadonlyMap<string, unknown>,
  { steps }: TaskDefinition,
  { task, logger }: { task: Pick<StoredTask, 'taskId' | 'traceId'>; logger: TaskLogger },
): Map<string, unknown> {
  const outputs = new Map<string, unknown>()
  for (const [key, output] of checkpoints) {
    const { step: name, item } = fromCheckpointKey(key)
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined
    // A step that has items only in one of two releases begins anew.
    if (!step || (step.items === true) !== (item !== undefined)) continue
    const read = tryToRead(step.output, () => output)
    if (read.fits) {
      outputs.set(key, read.data)
      continue
    }
    logger.warn(
      `The stored output of step "${name}" does not fit today's catalog, so the step is run again: ${read.reason}`,
      { taskId: task.taskId, traceId: task.traceId },
    )
  }
  return outputs
}

type Read = { fits: true; data: unknown } | { fits: false; reason: string }

/** Reads a value by a schema. Schemas and `upgrade` are code of the app, which may throw. */
function tryToRead(schema: z.ZodType, take: () => unknown): Read {
  try {
    const value = take()
    if (value instanceof Promise) {
      void handled(value)
      return { fits: false, reason: '`upgrade` gave a promise; it must give the payload itself' }
    }
    const parsed = parseWith(schema, value)
    if (parsed.success) return { fits: true, data: parsed.data }
    return { fits: false, reason: describeIssues(toFieldIssues(parsed.error)) }
  } catch (error) {
    return { fits: false, reason: describeError(error) }
  }
}
