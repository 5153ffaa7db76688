import type * as z from 'zod'
import { describeIssues, parseWith, toFieldIssues } from '../field-issues.js'
import { isDeepEqual } from '../platform.js'
import { assertStorable, type StorableJsonOptions, toJsonText } from './storable-json.js'

/** How data of one kind enters the store, and the errors that refuse it. */
export interface KeepRule {
  schema: z.ZodType
  /** Limits the schema's input and its output. */
  limit: StorableJsonOptions
  /** Makes the error for data that does not fit the schema. */
  unfit: (error: z.core.$ZodError) => Error
  /** Makes the error for schema output that no store can keep. Default: the error that `limit` describes. */
  made?: { what: string; unkeepable: (cause: unknown) => Error } | undefined
  /** Makes the error for a schema that cannot read its own output. Leave it out if the schema never reads the data again. */
  unstable?: ((reason: string) => Error) | undefined
}

export interface KeptData {
  /** The schema's output. May contain values that JSON lacks, and may share objects with the app. */
  data: unknown
  /** The same data in the form that any store can keep. */
  json: string
}

/**
 * Checks data for the store; all payloads, outputs and results pass here. The input must be JSON within the limit. The
 * schema's output must stay within the limit. If the rule has `unstable`, the schema must also be able to read its output.
 *
 * @throws TaskError with the codes of `limit`, and the errors of the rule's functions
 */
export function keepData(value: unknown, rule: KeepRule): KeptData {
  const given = toJsonText(value, rule.limit)
  assertStorable(given, rule.limit)
  const parsed = parseWith(rule.schema, JSON.parse(given))
  if (!parsed.success) throw rule.unfit(parsed.error)
  const { data } = parsed
  const json = write(data, rule)
  // Usually the schema returns its input unchanged, and a second reading would only repeat the first. The texts are
  // compared instead of the objects, because a schema may change its input object.
  if (json !== given) assertKept(json, rule)
  return { data, json }
}

/** The second half of `keepData`, for data that the schema has already parsed. */
export function keepParsed(data: unknown, rule: KeepRule): KeptData {
  const json = write(data, rule)
  assertKept(json, rule)
  return { data, json }
}

function write(data: unknown, rule: KeepRule): string {
  return refusing(rule, (limit) => toJsonText(data, limit))
}

function assertKept(json: string, rule: KeepRule): void {
  refusing(rule, (limit) => assertStorable(json, limit))
  if (!rule.unstable) return
  const reason = whyUnstable(rule.schema, json)
  if (reason !== null) throw rule.unstable(reason)
}

/** Runs a check of the schema's output, and throws the rule's error if it fails. */
function refusing<T>({ limit, made }: KeepRule, check: (limit: StorableJsonOptions) => T): T {
  if (!made) return check(limit)
  try {
    return check({ ...limit, what: made.what })
  } catch (cause) {
    throw made.unkeepable(cause)
  }
}

/** Why the schema cannot read its own output; null if a second reading changes nothing. */
function whyUnstable(schema: z.ZodType, json: string): string | null {
  const again = parseWith(schema, JSON.parse(json))
  if (!again.success) return `it refuses what it has made (${describeIssues(toFieldIssues(again.error))})`
  // The JSON is compared first: that is twice as fast, and the values are nearly always equal.
  if (JSON.stringify(again.data) === json || isDeepEqual(again.data, JSON.parse(json))) return null
  return 'it makes something else of what it has made'
}
