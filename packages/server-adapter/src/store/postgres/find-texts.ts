import { type RawBuilder, sql } from 'kysely'
import type { TaskScope } from '../../principal.js'
import type { StoredTask } from '../task-store.js'
import {
  type FindOptions,
  fromTextCursor,
  type TextNews,
  type TextPiece,
  type TextPosition,
  toTextNews,
} from '../task-text.js'
import { among, visibleTo } from './read-tasks.js'
import type { Execute } from './statement.js'
import { smallColumns, type TaskRow, toStoredTask } from './task-row.js'

/** The columns that hold a task's text. */
export interface RowOfText {
  text_cursor: string | null
  /** Null without pieces. */
  pieces: [at: number, until: number, epoch: number, piece: string][] | null
}

/** Reads tasks with their text after a cursor, and without the content that grows large. */
export async function findTexts(
  execute: Execute,
  taskIds: readonly string[],
  scope: TaskScope,
  { after, as }: { after: string; as: FindOptions['textAs'] },
): Promise<StoredTask[]> {
  const read = fromTextCursor(after)
  const rows = await execute(sql<TaskRow & RowOfText>`
    select ${smallColumns}, ${piecesOf(sql`t.id`, since(read))} as pieces
      from brandkit.tasks t
     where ${among(taskIds)} and ${visibleTo(scope)}`)
  return rows.map((row) =>
    Object.assign(toStoredTask(row), as ? { textPieces: toPieces(row) } : { text: newsOf(row, read) }),
  )
}

export function toPieces({ pieces }: RowOfText): TextPiece[] {
  return (pieces ?? []).map(([at, until, epoch, piece]) => ({ at, until, epoch, piece }))
}

/** The whole text, if there is any. */
export function toText(row: RowOfText): string | undefined {
  return newsOf(row, fromTextCursor('')).append || undefined
}

/** The pieces of a task as JSON, in order. */
export function piecesOf(taskId: RawBuilder<unknown>, condition: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
  return sql`(
    select json_agg(json_build_array(x.at, x.until, x.epoch, x.piece) order by x.at)
      from brandkit.task_texts x where x.task_id = ${taskId} ${condition})`
}

/** If the reader knows the last attempt that wrote, the pieces from its position on are all that it lacks. */
function since({ epoch, length }: TextPosition): RawBuilder<unknown> {
  return sql`
    and x.at >= case when t.text_epoch <> ${epoch}::integer then 0 else (
      select coalesce(max(b.at), 0) from brandkit.task_texts b where b.task_id = t.id and b.at <= ${length}::integer) end`
}

function newsOf(row: RowOfText, read: TextPosition): TextNews {
  const stored = row.text_cursor === null ? undefined : fromTextCursor(row.text_cursor)
  return toTextNews(toPieces(row), stored, read)
}
