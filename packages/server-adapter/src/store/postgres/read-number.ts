import { TaskError } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'

// Numbers and moments travel as text of one form. How a session prints them depends on its settings (DateStyle, TimeZone,
// extra_float_digits), which roles, poolers and apps change, and what a driver makes of that on its parsers.

/** Milliseconds since the epoch, rounded down, for `toInteger`. */
export function momentOf(column: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`floor(extract(epoch from ${column}) * 1000)::bigint::text`
}

/** Milliseconds from now until a moment, rounded up, for `toInteger`. Negative when it has passed. */
export function untilMoment(column: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`ceil(extract(epoch from ${column} - clock_timestamp()) * 1000)::bigint::text`
}

/** @throws TaskError `internal_error`, because a wrong guess (1970, or 0) would be taken for the truth */
export function toInteger(text: unknown): number {
  const value = typeof text === 'string' && text !== '' ? Number(text) : NaN
  if (Number.isSafeInteger(value)) return value
  throw unreadable(text)
}

/** @throws TaskError `internal_error` when it is no moment that a `Date` can hold */
export function toIso(text: unknown): string {
  const date = new Date(toInteger(text))
  if (Number.isNaN(date.getTime())) throw unreadable(text)
  return date.toISOString()
}

/** The bits of a double, for `toDouble`: every digit of it, and no more. */
export function bitsOf(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`encode(float8send(${column}), 'hex')`
}

/** @throws TaskError `internal_error` when it is no finite number */
export function toDouble(hex: unknown): number {
  if (typeof hex !== 'string' || !/^[0-9a-f]{16}$/.test(hex)) throw unreadable(hex)
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${hex}`))
  const value = view.getFloat64(0)
  if (!Number.isFinite(value)) throw unreadable(hex)
  return value
}

function unreadable(value: unknown): TaskError {
  return new TaskError(
    'internal_error',
    `The database gave ${JSON.stringify(value)} where a number was asked for. Compare the schema "brandkit" with its migrations.`,
  )
}
