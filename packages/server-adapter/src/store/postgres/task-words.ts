import { toSearchWords, wordsOfTask } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'

// Full-text search in Postgres. `to_tsvector` would part words as its parser and the database's locale see them, so the words
// come from core's `toSearchWords`, as in every store. Postgres finds those of a title in ASCII by itself, whenever a search
// looks at the row: nearly all tasks then cost nothing more to create, to keep and to change.

// oxlint-disable-next-line no-control-regex -- this is ASCII
const ASCII = /^[\0-\x7f]*$/

/** The words to keep in the row of a new task; undefined when `taskWords` finds the same in its title. */
export function toKeptWords(title: string, tags: readonly string[] | undefined): string[] | undefined {
  return tags === undefined && ASCII.test(title) ? undefined : wordsOfTask({ title, tags })
}

interface WordedRow {
  tags: readonly string[] | undefined
  words: readonly string[] | undefined
}

/** The additions to the statement of `createTasks` by which it stores tags and words. Empty when no row has any. */
export function keepWords(rows: readonly WordedRow[]): Record<'fields' | 'columns' | 'values', RawBuilder<unknown>> {
  return rows.some(({ words }) => words !== undefined) ? KEEP : KEEP_NOTHING
}

const KEEP_NOTHING = { fields: sql``, columns: sql``, values: sql`` }
const KEEP = {
  fields: sql`, tags jsonb, words json`,
  columns: sql`, tags, words`,
  values: sql`, tags, case when words is not null then array_to_tsvector(array(select json_array_elements_text(words))) end`,
}

/** The words of the row `t`. `collate "C"` makes capitals of the letters of ASCII in every locale. */
const taskWords = sql`coalesce(t.words, array_to_tsvector(array(
  select left(word, 64) from regexp_split_to_table(upper(t.title collate "C"), '[^A-Z0-9]+') as word where word <> '')))`

/** The condition that a search finds the row `t`. */
export function isFoundBy(search: string): RawBuilder<unknown> {
  const words = toSearchWords(search)
  if (words.length === 0) return sql`false`
  // A word holds no quote and no backslash, and within quotes nothing is an operator.
  return sql`${taskWords} @@ ${words.map((word) => `'${word}':*`).join(' & ')}::tsquery`
}
