import { v7 } from 'uuid'
import { randomBytes } from './random-ids.js'

let msecs = -Infinity
let sequence = 0

/**
 * A UUID version 7 (RFC 9562). Ids of one process ascend, also within a millisecond and when the system's clock is set back:
 * then a counter of 32 bits, which begins at random, decides.
 */
export function createSortableId(): string {
  const random = randomBytes(16)
  const now = Date.now()
  if (now > msecs) {
    msecs = now
    // The first bit is 0, so that the counter has room.
    sequence = new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1
  } else {
    sequence = (sequence + 1) >>> 0
    if (sequence === 0) msecs += 1
  }
  return v7({ random, msecs, seq: sequence })
}
