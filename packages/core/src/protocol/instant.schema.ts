import * as z from 'zod'

const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

/** A moment that every store can keep: ISO 8601 with an offset, in UTC within the years 1 to 9999. */
export const instantSchema = z.iso.datetime({ offset: true }).refine((text) => {
  const time = Date.parse(text)
  return time >= EARLIEST && time <= LATEST
}, 'Invalid input: the year must be 1 to 9999 in UTC')
