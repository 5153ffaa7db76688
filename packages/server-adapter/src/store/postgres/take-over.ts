import { ITEM_SEPARATOR } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { doubleOf, ZERO } from './read-number.js'
import { textCursor, type TaskRow } from './task-row.js'

/** The parts of the create statement that only retries need. */
interface CreateVariant {
  /** Further columns of the input. */
  input: RawBuilder<unknown>
  columns: RawBuilder<unknown>
  values: RawBuilder<unknown>
  /** Further tables to read. */
  source: RawBuilder<unknown>
  returned: RawBuilder<unknown>
  /** The CTEs that copy checkpoints and text. */
  copies: RawBuilder<unknown>
  shown: RawBuilder<unknown>
}

const nothing = sql``

/** For tasks that repeat no other task: they begin with nothing. */
export const FIRSTS: CreateVariant = {
  input: nothing,
  columns: nothing,
  values: nothing,
  source: nothing,
  returned: nothing,
  copies: nothing,
  shown: nothing,
}

/** The part of a column that concerns the steps that are taken over. */
function taken(column: string): RawBuilder<unknown> {
  return sql`(
        select coalesce(jsonb_object_agg(step.key, step.value), '{}') from jsonb_each(old.${sql.raw(column)}) as step
         where step.key in (select json_array_elements_text(input.take_steps)))`
}

/** For retries. They read the rows of an ended task without a lock, because those change only when the task is emptied. */
export const RETRIES: CreateVariant = {
  input: sql`, keys_of text, take_from text, take_steps json, take_progress double precision, take_text boolean`,
  columns: sql`, keys_of, step_started, step_completed, step_items, progress, text_epoch, text_length, text_kept`,
  values: sql`, keys_of, coalesce(taken_started, '{}'), coalesce(taken_completed, '{}'), taken_items, coalesce(taken_progress, 0),
             case when taken_text is not null then 0 end, taken_text, taken_text`,
  source: sql`
        left join lateral (
          select ${taken('step_started')} as taken_started, ${taken('step_completed')} as taken_completed,
                 ${taken('step_items')} as taken_items, input.take_progress as taken_progress,
                 case when input.take_text then nullif(old.text_kept, 0) end as taken_text
            from brandkit.tasks old
           where old.id = input.take_from and old.tenant_id = input.tenant_id and old.purged_at is null) as taken on true`,
  returned: sql`, t.step_started, t.step_completed, t.step_items, ${doubleOf(sql`t.progress`)} as progress, ${textCursor}`,
  copies: sql`
    copied as (
      insert into brandkit.task_steps (task_id, step, output)
      select changed.id, s.step, s.output
        from changed
        join input on input.id = changed.id
        join brandkit.tasks old on old.id = input.take_from and old.tenant_id = input.tenant_id
        join brandkit.task_steps s on s.task_id = old.id
       where split_part(s.step, ${sql.lit(ITEM_SEPARATOR)}, 1) in (select json_array_elements_text(input.take_steps))
    ),
    copied_text as (
      insert into brandkit.task_texts (task_id, at, until, epoch, piece)
      select changed.id, x.at, x.until, 0, x.piece
        from changed
        join input on input.id = changed.id and input.take_text
        join brandkit.tasks old on old.id = input.take_from and old.tenant_id = input.tenant_id
        join brandkit.task_texts x on x.task_id = old.id and x.at < old.text_kept
    ),`,
  shown: sql`step_started, step_completed, step_items, progress, text_cursor, `,
}

interface RetryRow {
  keys_of: string | undefined
  take_from: string | undefined
}

export function isRetry({ keys_of, take_from }: RetryRow): boolean {
  return keys_of !== undefined || take_from !== undefined
}

export type Taken = Pick<TaskRow, 'step_started' | 'step_completed' | 'step_items' | 'progress' | 'text_cursor'>

/** The columns that a row has got from an old task. */
export function takenOf(row: Partial<Taken>): Taken {
  const { step_started = {}, step_completed = {}, step_items = null, progress = ZERO, text_cursor = null } = row
  return { step_started, step_completed, step_items, progress, text_cursor }
}
