import type * as z from 'zod'
import { describeIssues, parseWith, toFieldIssues } from '../field-issues.js'
import { isDeepEqual } from '../platform.js'
import { assertStorable, type StorableJsonOptions, toJsonText } from './storable-json.js'

/** How data of one kind enters the store, and the errors that keep it out. */
export interface KeepRule {
  schema: z.ZodType
  /** Limits what the schema is given, and what the schema makes of it. */
  limit: StorableJsonOptions
  /** The data does not fit the schema. */
  unfit: (error: z.core.$ZodError) => Error
  /** The schema has made what no store can keep. Default: the error as `limit` words it. */
  made?: { what: string; unkeepable: (cause: unknown) => Error } | undefined
  /** The schema cannot read again what it has made. Leave it out for data that is never read by the schema again. */
  unstable?: ((reason: string) => Error) | undefined
}

export interface KeptData {
  /** What the schema has made. It may hold what JSON does not know, and share objects with the app. */
  data: unknown
  /** The same as any store can keep it. */
  json: string
}

/**
 * The one way of payloads, outputs and results into the store: JSON within the limit, then what the catalog's schema
 * makes of it, which must keep within the limit and survive a second reading.
 *
 * @throws TaskError with the codes of `limit`, and what the rule's functions give
 */
export function keepData(value: unknown, rule: KeepRule): KeptData {
  const given = toJsonText(value, rule.limit)
  assertStorable(given, rule.limit)
  const parsed = parseWith(rule.schema, JSON.parse(given))
  if (!parsed.success) throw rule.unfit(parsed.error)
  const { data } = parsed
  const json = write(data, rule)
  // The common case: the schema gave back what it was given. Reading it again would repeat the first reading. The texts
  // are compared and never the objects, because a schema may change the very object that it is given.
  if (json !== given) assertKept(json, rule)
  return { data, json }
}

/** The second half of `keepData`, for data that the schema has parsed already. */
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

/** Runs a check of what the schema has made. */
function refusing<T>({ limit, made }: KeepRule, check: (limit: StorableJsonOptions) => T): T {
  if (!made) return check(limit)
  try {
    return check({ ...limit, what: made.what })
  } catch (cause) {
    throw made.unkeepable(cause)
  }
}

/** Why the schema could not read again what it has made; null when it can. The second time must change nothing. */
function whyUnstable(schema: z.ZodType, json: string): string | null {
  const again = parseWith(schema, JSON.parse(json))
  if (!again.success) return `it refuses what it has made (${describeIssues(toFieldIssues(again.error))})`
  // As JSON first, which is twice as fast for what is nearly always the same.
  if (JSON.stringify(again.data) === json || isDeepEqual(again.data, JSON.parse(json))) return null
  return 'it makes something else of what it has made'
}
