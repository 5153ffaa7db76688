import { TaskError } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { toIsoTime } from '../../iso-time.js'

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
  return toIsoTime(toEpochMs(hex))
}

/** @throws TaskError `internal_error` when a `Date` cannot hold the moment */
export function toEpochMs(hex: unknown): number {
  readHalves(hex)
  // A double cannot hold the microseconds of moments after the year 2285, so the upper half is divided on its own.
  const upper = bits.getInt32(0)
  const thousands = Math.floor(upper / 1_000)
  const rest = (upper - thousands * 1_000) * 2 ** 32 + bits.getUint32(4)
  const epochMs = YEAR_2000 + thousands * 2 ** 32 + Math.floor(rest / 1_000)
  if (Math.abs(epochMs) <= LAST_DATE) return epochMs
  throw unreadable(hex)
}

/** @throws TaskError `internal_error` when the text is not a finite number */
export function toDouble(hex: unknown): number {
  readHalves(hex)
  const value = bits.getFloat64(0)
  if (Number.isFinite(value)) return value
  throw unreadable(hex)
}

/** Eight bytes, in which `readHalves` leaves what it has read. Every row has a dozen of them, so they make no objects. */
const bits = new DataView(new ArrayBuffer(8))

function readHalves(hex: unknown): void {
  if (typeof hex !== 'string' || hex.length !== 16) throw unreadable(hex)
  const upper = halfOf(hex, 0)
  const lower = halfOf(hex, 8)
  if (Number.isNaN(upper + lower)) throw unreadable(hex)
  bits.setUint32(0, upper)
  bits.setUint32(4, lower)
}

/** Eight hex digits as a number; NaN if one of them is none. */
function halfOf(hex: string, start: number): number {
  let value = 0
  for (let at = start; at < start + 8; at += 1) value = value * 16 + (DIGITS[hex.charCodeAt(at)] ?? NaN)
  return value
}

/** The value of each hex digit that Postgres writes, by its character code; NaN in between. */
const DIGITS: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code))
  return digit < 0 ? NaN : digit
})

/** The start of PostgreSQL's count, in milliseconds since the epoch. */
const YEAR_2000 = Date.UTC(2000, 0, 1)
/** The largest time value of ECMAScript (section 21.4.1.1). */
const LAST_DATE = 8_640_000_000_000_000

function unreadable(value: unknown): TaskError {
  return new TaskError(
    'internal_error',
    `The database gave ${JSON.stringify(value)} where a number was asked for. Compare the schema "brandkit" with its migrations.`,
  )
}
