import { TaskError } from '@brandkit/core'

/** A body that is being read, in pieces. */
export interface CollectedText {
  /** @throws TaskError `payload_too_large` as soon as the pieces exceed the limit */
  add(piece: Uint8Array): void
  /** @throws TaskError `invalid_request` when the bytes are no UTF-8 */
  end(): string
}

// Shared: a decoder keeps nothing between calls that decode a whole text.
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Collects the pieces of a body and counts their bytes. Decodes once at the end, because pieces may cut a character apart. */
export function collectText(maxBytes: number): CollectedText {
  const pieces: Uint8Array[] = []
  let bytes = 0
  return {
    add(piece) {
      bytes += piece.byteLength
      assertSize(bytes, maxBytes)
      pieces.push(piece)
    },
    end() {
      try {
        return decoder.decode(joined(pieces, bytes))
      } catch (error) {
        throw unreadableBody(error)
      }
    },
  }
}

/** @throws TaskError `payload_too_large` */
export function assertSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes || Number.isNaN(bytes)) return
  throw new TaskError(
    'payload_too_large',
    `The body has more than ${maxBytes} bytes. Store large data elsewhere and send its id.`,
  )
}

/** The error of a body that cannot be read. Errors of our own stay as they are. */
export function unreadableBody(error: unknown): TaskError {
  if (error instanceof TaskError) return error
  return new TaskError(
    'invalid_request',
    'The body could not be read: it was cut off, is not UTF-8, or something in front of this endpoint has read it before.',
    { cause: error },
  )
}

function joined(pieces: readonly Uint8Array[], bytes: number): Uint8Array {
  const [first] = pieces
  if (first && pieces.length === 1) return first
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}
