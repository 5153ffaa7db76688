import { TaskError } from '@brandkit/core'

/**
 * The text that a task has streamed, as far as it stands. Positions and lengths are UTF-16 code units, as those of strings.
 *
 * The text grows by pieces, one for each write, so that a write costs what is new. A claim cuts the text to its length at the
 * last checkpoint. The epoch of a piece then tells a reader how much of an earlier reading is still true: everything before
 * the first piece of a later epoch.
 */
export interface TextPosition {
  /** The epoch of the last piece. */
  epoch: number
  length: number
}

export interface TextPiece {
  /** The position of its first character. */
  at: number
  /** The position after its last character. */
  until: number
  epoch: number
  piece: string
}

/** What a reader lacks. */
export interface TextNews {
  /** The position up to which the reader keeps the text that it has. */
  from: number
  /** The text from there on. */
  append: string
}

/** How tasks are read by their ids. */
export interface FindOptions {
  without?: 'payload'
  /** Reads also the visible tasks that repeat those, and the ones that repeat these, and so on, all without their content. */
  also?: 'retries'
  /**
   * Reads the streamed text after this cursor, without payloads, results and partial results. An empty cursor reads from the
   * beginning; a malformed one throws TaskError `invalid_request`.
   */
  textAfter?: string
  /** Whether a text is read as it was written, for the caller that has encrypted it. Default: whole. */
  textAs?: 'pieces'
}

/** Nothing read yet. */
const BEGINNING: TextPosition = { epoch: 0, length: 0 }

/** The cursor is only a position, so it gives no access to data. */
export function toTextCursor({ epoch, length }: TextPosition): string {
  return `${epoch}.${length}`
}

/** @throws TaskError `invalid_request` when the text is not one of our cursors. */
export function fromTextCursor(cursor: string): TextPosition {
  if (cursor === '') return BEGINNING
  const [, epoch, length] = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor) ?? []
  if (epoch !== undefined && length !== undefined) return { epoch: Number(epoch), length: Number(length) }
  throw new TaskError('invalid_request', 'The cursor is malformed. Use the cursor of the previous reply as it was.')
}

/**
 * @param pieces in the order of `at`: all that matter for this reader. Those behind the end have been cut.
 * @param stored the whole text's position; absent when the task has none
 * @param read the reader's position
 */
export function toTextNews(
  pieces: readonly TextPiece[],
  stored: TextPosition | undefined,
  read: TextPosition,
): TextNews {
  const length = stored?.length ?? 0
  const rewritten = pieces.find(({ epoch }) => epoch > read.epoch)?.at ?? length
  const from = Math.min(read.length, length, rewritten)
  let append = ''
  for (const { at, until, piece } of pieces) {
    if (until <= from || at >= length) continue
    // A later piece may begin within an earlier one, if a claim has cut it there.
    append = append.slice(0, Math.max(0, at - from)) + piece.slice(Math.max(0, from - at))
  }
  return { from, append: append.slice(0, length - from) }
}
