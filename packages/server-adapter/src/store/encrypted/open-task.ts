import { TaskError } from '@brandkit/core'
import type { StoredTask } from '../task-store.js'
import { type FindOptions, fromTextCursor, type TextPiece, toTextNews } from '../task-text.js'
import { type Seals, Unreadable } from './seals.js'

/** How a reader wants the text. */
export interface TextReading {
  /** Default: from the beginning. */
  textAfter?: string | undefined
  /** Default: whole. */
  textAs?: FindOptions['textAs'] | undefined
}

const CONTENT = ['payload', 'result', 'partialResult'] as const

/** The task with its content decrypted. Content that cannot be decrypted is left out, and `unreadable` says so. */
export async function openTask(stored: StoredTask, seals: Seals, reading: TextReading = {}): Promise<StoredTask> {
  const { textPieces, ...task } = stored
  const [text, lastError, ...values] = await Promise.all([
    textPieces ? openText(stored, seals, reading) : {},
    seals.open(stored.lastError, stored, String),
    ...CONTENT.map((field) => seals.open(stored[field], stored, parse)),
  ])
  for (const [index, field] of CONTENT.entries()) {
    const value = values[index]
    if (value instanceof Unreadable) delete task[field]
    else if (value !== undefined) task[field] = value
  }
  if (lastError instanceof Unreadable) task.lastError = MESSAGE
  else if (typeof lastError === 'string') task.lastError = lastError
  return withUnreadable(text instanceof Unreadable ? task : { ...task, ...text }, [text, lastError, ...values])
}

/** Notes that one of the values could not be decrypted. */
export function withUnreadable(task: StoredTask, values: readonly unknown[]): StoredTask {
  const lost = values.find((value) => value instanceof Unreadable)
  return lost ? { ...task, unreadable: contentUnreadable(lost) } : task
}

/** What the reader lacks. Only the pieces that it gets are decrypted. */
async function openText(
  { textPieces = [], textCursor, tenantId }: StoredTask,
  seals: Seals,
  { textAfter = '', textAs }: TextReading,
): Promise<Pick<StoredTask, 'text' | 'textPieces'> | Unreadable> {
  const stored = textCursor === undefined ? undefined : fromTextCursor(textCursor)
  const read = fromTextCursor(textAfter)
  const { from } = toTextNews(textPieces, stored, read)
  const opened: TextPiece[] = []
  for (const sealed of textPieces) {
    const isNeeded = textAs === 'pieces' || (sealed.until > from && sealed.at < (stored?.length ?? 0))
    const piece = isNeeded ? await seals.open(sealed.piece, { tenantId }, parse) : ''
    if (piece instanceof Unreadable) return piece
    opened.push({ ...sealed, piece: String(piece) })
  }
  return textAs ? { textPieces: opened } : { text: toTextNews(opened, stored, read) }
}

const MESSAGE = 'The content of this task cannot be decrypted at the moment.'

function contentUnreadable({ cause }: Unreadable): TaskError {
  return new TaskError('content_unreadable', `${MESSAGE} Try again later; if it stays, tell us the task’s id.`, {
    cause,
  })
}

export function parse(text: string): unknown {
  return JSON.parse(text)
}
