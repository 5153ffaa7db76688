import { type TextAppend, textEndOf } from '../attempt-writes.js'
import type { StoredTask } from '../task-store.js'
import { fromTextCursor, type TextNews, type TextPiece, toTextNews } from '../task-text.js'
import { type MemoryRow, withoutContent } from './memory-row.js'

export function appendText(row: MemoryRow, given: TextAppend | undefined): void {
  if (!given) return
  const { at, append } = given
  const until = textEndOf(given)
  const text = (row.text ??= { pieces: [], kept: 0, epoch: row.epoch, length: 0 })
  if (until <= text.length) return
  const before = text.pieces.filter((piece) => piece.at < at)
  text.pieces = [...before, { at, until, epoch: row.epoch, piece: append }]
  text.epoch = row.epoch
  text.length = until
}

/** Lets the next attempt begin with the text up to here. */
export function keepText({ text }: MemoryRow, given: TextAppend | undefined): void {
  if (text && given) text.kept = Math.max(text.kept, textEndOf(given))
}

/** Cuts the text to what the last checkpoint has kept, and returns that. */
export function cutText(row: MemoryRow): string | undefined {
  if (!row.text) return undefined
  row.text.length = row.text.kept
  return newsOf(row, '').append || undefined
}

/** The text with which a repetition of the task begins: older than each attempt of that. */
export function copyKeptText({ text }: MemoryRow): MemoryRow['text'] {
  if (!text || text.kept === 0) return undefined
  const { kept } = text
  const pieces = text.pieces
    .filter(({ at }) => at < kept)
    .map(({ at, until, piece }) => ({ at, until, piece, epoch: 0 }))
  return { pieces, kept, epoch: 0, length: kept }
}

/** The task without its content, with the text after the cursor. */
export function toTaskWithText(row: MemoryRow, cursor: string): StoredTask {
  return { ...withoutContent(row), text: newsOf(row, cursor) }
}

/** The same with the pieces of the text. */
export function toTaskWithPieces(row: MemoryRow, cursor: string): StoredTask {
  fromTextCursor(cursor)
  return { ...withoutContent(row), textPieces: copyPieces(row) }
}

export function copyPieces({ text }: MemoryRow): TextPiece[] {
  return (text?.pieces ?? []).map(({ at, until, epoch, piece }) => ({ at, until, epoch, piece }))
}

function newsOf({ text }: MemoryRow, cursor: string): TextNews {
  return toTextNews(text?.pieces ?? [], text, fromTextCursor(cursor))
}
