import { TaskError } from '@brandkit/core'
import { fromBase64Url, toBase64Url } from '../platform.js'

/** The last row of a page; the next page starts after it. The cursor is only a position, so it gives no access to data. */
export interface ListPosition {
  /** Milliseconds since the epoch. */
  createdAt: number
  taskId: string
}

export function toCursor({ createdAt, taskId }: ListPosition): string {
  return toBase64Url(JSON.stringify([createdAt, taskId]))
}

/** @throws TaskError `invalid_request` when the text is not one of our cursors. */
export function fromCursor(cursor: string): ListPosition {
  const position = parse(cursor)
  if (Array.isArray(position) && position.length === 2) {
    const [createdAt, taskId] = position as unknown[]
    if (isTime(createdAt) && typeof taskId === 'string') return { createdAt, taskId }
  }
  throw new TaskError('invalid_request', 'The cursor is malformed. Use nextCursor of the previous page as it was.')
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(fromBase64Url(cursor))
  } catch {
    return null
  }
}

/** Whether both a `Date` and a Postgres timestamp can hold the value. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 8.64e15
}
