import { TaskError } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'

// Numbers and moments travel as text in a fixed format. The session's settings (DateStyle, TimeZone, extra_float_digits)
// change how Postgres prints them; roles, poolers and apps change those settings. Drivers parse the result differently.

/** A moment, for `toIso` and `toEpochMs`: its microseconds since 2000, as 16 hex digits. */
export function momentOf(column: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`encode(timestamptz_send(${column}), 'hex')`
}

/** A double, for `toDouble`: its bits as 16 hex digits, so that it is exact. */
export function doubleOf(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`encode(float8send(${column}), 'hex')`
}

/** What `doubleOf` gives for 0. */
export const ZERO = '0000000000000000'

/** Milliseconds from now until a moment, rounded up, for `toInteger`. Negative when it has passed. */
export function untilMoment(column: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`ceil(extract(epoch from ${column} - clock_timestamp()) * 1000)::bigint::text`
}

/** @throws TaskError `internal_error`, because a guessed number (0, or the year 1970) would look like a real one */
export function toInteger(text: unknown): number {
  const value = typeof text === 'string' && text !== '' ? Number(text) : NaN
  if (Number.isSafeInteger(value)) return value
  throw unreadable(text)
}

/** @throws TaskError `internal_error` when a `Date` cannot hold the moment */
export function toIso(hex: unknown): string {
  // Rows of one statement, and the columns of one row, mostly have the same moment.
  if (hex !== last.hex) last = { hex, iso: new Date(toEpochMs(hex)).toISOString() }
  return last.iso
}

let last: { hex: unknown; iso: string } = { hex: Symbol('none'), iso: '' }

/** @throws TaskError `internal_error` when a `Date` cannot hold the moment */
export function toEpochMs(hex: unknown): number {
  // A double would lose microseconds after the year 2285, and so give a wrong millisecond for some moments.
  const sinceYear1 = toBytes(hex).readBigInt64BE() + TO_YEAR_2000
  const epochMs = YEAR_1 + Number(sinceYear1 / 1_000n)
  if (Math.abs(epochMs) <= LAST_DATE) return epochMs
  throw unreadable(hex)
}

/** @throws TaskError `internal_error` when the text is not a finite number */
export function toDouble(hex: unknown): number {
  const value = toBytes(hex).readDoubleBE()
  if (Number.isFinite(value)) return value
  throw unreadable(hex)
}

function toBytes(hex: unknown): Buffer {
  const bytes = typeof hex === 'string' && hex.length === 16 ? Buffer.from(hex, 'hex') : null
  // Decoding stops at the first character that is not a hex digit.
  if (bytes?.length === 8) return bytes
  throw unreadable(hex)
}

/** Moments are counted from before the first one, because division rounds towards zero. In milliseconds since the epoch. */
const YEAR_1 = Date.parse('0001-01-01T00:00:00Z')
/** The time from year 1 to the start of PostgreSQL's count, in microseconds. */
const TO_YEAR_2000 = BigInt(Date.UTC(2000, 0, 1) - YEAR_1) * 1_000n
/** The largest time value of ECMAScript (section 21.4.1.1). */
const LAST_DATE = 8_640_000_000_000_000

function unreadable(value: unknown): TaskError {
  return new TaskError(
    'internal_error',
    `The database gave ${JSON.stringify(value)} where a number was asked for. Compare the schema "brandkit" with its migrations.`,
  )
}
