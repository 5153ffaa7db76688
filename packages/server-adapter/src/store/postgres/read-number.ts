import { TaskError } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'

// Numbers and moments travel as text of one form. How a session prints them depends on its settings (DateStyle, TimeZone,
// extra_float_digits), which roles, poolers and apps change, and what a driver makes of that on its parsers.

/** A moment, for `toIso` and `toEpochMs`: its microseconds since 2000, as 16 hex digits. */
export function momentOf(column: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`encode(timestamptz_send(${column}), 'hex')`
}

/** A double, for `toDouble`: its bits, as 16 hex digits. Every digit of it, and no more. */
export function doubleOf(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`encode(float8send(${column}), 'hex')`
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
export function toIso(hex: unknown): string {
  return new Date(toEpochMs(hex)).toISOString()
}

/** @throws TaskError `internal_error` when it is no moment that a `Date` can hold */
export function toEpochMs(hex: unknown): number {
  // A double would lose microseconds after the year 2285, and with some of them the millisecond.
  const sinceYear1 = toBytes(hex).readBigInt64BE() + TO_YEAR_2000
  const epochMs = YEAR_1 + Number(sinceYear1 / 1_000n)
  if (Math.abs(epochMs) <= LAST_DATE) return epochMs
  throw unreadable(hex)
}

/** @throws TaskError `internal_error` when it is no finite number */
export function toDouble(hex: unknown): number {
  const value = toBytes(hex).readDoubleBE()
  if (Number.isFinite(value)) return value
  throw unreadable(hex)
}

function toBytes(hex: unknown): Buffer {
  const bytes = typeof hex === 'string' && hex.length === 16 ? Buffer.from(hex, 'hex') : null
  // Decoding ends at the first character that is no hex digit.
  if (bytes?.length === 8) return bytes
  throw unreadable(hex)
}

/** Division rounds towards zero, so moments are counted from before the first one. In milliseconds since the epoch. */
const YEAR_1 = Date.parse('0001-01-01T00:00:00Z')
/** From then on to where PostgreSQL begins to count, in microseconds. */
const TO_YEAR_2000 = BigInt(Date.UTC(2000, 0, 1) - YEAR_1) * 1_000n
/** The largest time value of ECMAScript (section 21.4.1.1). */
const LAST_DATE = 8_640_000_000_000_000

function unreadable(value: unknown): TaskError {
  return new TaskError(
    'internal_error',
    `The database gave ${JSON.stringify(value)} where a number was asked for. Compare the schema "brandkit" with its migrations.`,
  )
}
