import { type RawBuilder, sql } from 'kysely'
import type { FoldedWrite, TextRow } from './fold-writes.js'
import { rowsOf } from './statement.js'

// The parts of a write that only streamed text needs. A statement without text has none of them.

export function hasText({ text_length }: FoldedWrite): boolean {
  return text_length !== undefined
}

/** The columns of the input. */
export const TEXT_INPUT = sql`, text_length integer, text_kept integer`

/** The assignments. Only a claim makes the text shorter, so a repetition that comes late takes nothing away. */
export function growing(): RawBuilder<unknown> {
  return sql`,
             text_epoch = case when l.text_length > coalesce(t.text_length, 0) then t.epoch else t.text_epoch end,
             text_length = greatest(t.text_length, l.text_length),
             text_kept = greatest(t.text_kept, l.text_kept, 0)`
}

/**
 * The CTEs that store pieces, if there are any. The epoch is compared as for checkpoints. What an earlier attempt has written
 * behind a piece is no longer part of the text.
 */
export function storingTexts(texts: readonly TextRow[]): RawBuilder<unknown> {
  if (texts.length === 0) return sql``
  return sql`,
    pieces as (
      select p.*
        from json_to_recordset(${rowsOf(texts)}) as p (task_id text, epoch integer, at integer, until integer, piece text)
       where (p.task_id, p.epoch) in (select id, lease_epoch from changed)
    ),
    outdated as (
      delete from brandkit.task_texts x using pieces p
       where x.task_id = p.task_id and x.at > p.at and x.epoch < p.epoch
    ),
    appended as (
      insert into brandkit.task_texts (task_id, at, until, epoch, piece)
      select task_id, at, until, epoch, piece::json from pieces
      on conflict (task_id, at) do update
         set until = excluded.until, epoch = excluded.epoch, piece = excluded.piece
       where (excluded.epoch, excluded.until) > (task_texts.epoch, task_texts.until)
    )`
}
