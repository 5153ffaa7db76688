import type * as z from 'zod'

/**
 * Reads a table from text: a line of column names, then one line for each entry, with vertical bars between the columns. Long
 * wording stays one line an entry, and its form is checked when the server starts.
 *
 * @throws ZodError when an entry does not have the form of the schema
 */
export function readTable<Entry extends z.ZodType>(
  text: string,
  entry: Entry,
): [z.output<Entry>, ...z.output<Entry>[]] {
  const [names = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const entries = rows.map((cells) => entry.parse(Object.fromEntries(names.map((name, index) => [name, cells[index]]))))
  const [first, ...others] = entries
  if (first === undefined) throw new Error('A table has at least one entry.')
  return [first, ...others]
}
