import { randomDigits } from './random-ids.js'

let msecs = -Infinity
/** The first 13 digits of the millisecond's ids, and the hyphen between them. */
let time = ''
let counter = 0

/** The counter has 28 bits. */
const FULL = 2 ** 28

/**
 * A UUID version 7 (RFC 9562). Ids of one process ascend, also within a millisecond and when the system's clock is set back:
 * then the counter decides (section 6.2, method 1). It begins at random in each millisecond, with room for 134 million ids.
 */
export function createSortableId(): string {
  const now = Date.now()
  counter += 1
  if (now > msecs || counter === FULL) {
    msecs = Math.max(now, msecs + 1)
    const digits = msecs.toString(16).padStart(12, '0')
    time = `${digits.slice(0, 8)}-${digits.slice(8)}-7`
    counter = Number.parseInt(randomDigits(7), 16) >>> 1
  }
  const count = counter.toString(16).padStart(7, '0')
  // The digit of the variant stands within the counter: 8, so that the order of the texts is the order of the counts.
  return `${time}${count.slice(0, 3)}-8${count.slice(3, 6)}-${count.slice(6)}${randomDigits(11)}`
}
