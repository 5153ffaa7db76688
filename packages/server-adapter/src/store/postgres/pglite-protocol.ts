/** How a column of an answer is read. */
export interface AnsweredColumn {
  name: string
  /** Converts the text of a value. */
  parse: (text: string) => unknown
}

export interface Answer {
  rows: Record<string, unknown>[]
  /** Whether the answer also has an error, a notification, or another message that is not read here. */
  hasMore: boolean
}

const DATA_ROW = codeOf('D')
/** Messages without news: parsed, bound, done, ready, and a notice. */
const QUIET = new Set(['1', '2', 'C', 'Z', 'N'].map(codeOf))

/**
 * Reads the rows of an answer in the protocol of Postgres. PGlite's own reader makes two buffers for each value.
 */
export function readAnswer(answer: Buffer, columns: readonly AnsweredColumn[]): Answer {
  // Copies of one object share the shape for which the engine compiles.
  const empty: Record<string, unknown> = Object.fromEntries(columns.map(({ name }) => [name, null]))
  const rows: Record<string, unknown>[] = []
  let hasMore = false
  for (let start = 0; start < answer.length; start += 1 + answer.readInt32BE(start + 1)) {
    const code = answer.readUInt8(start)
    // The code, the length of the message and the number of values come before the first value.
    if (code === DATA_ROW) rows.push(readRow(answer, start + 7, columns, { ...empty }))
    else hasMore ||= !QUIET.has(code)
  }
  return { rows, hasMore }
}

function readRow(answer: Buffer, start: number, columns: readonly AnsweredColumn[], row: Record<string, unknown>) {
  let at = start
  for (const { name, parse } of columns) {
    const length = answer.readInt32BE(at)
    at += 4
    if (length < 0) continue
    row[name] = parse(answer.toString('utf8', at, at + length))
    at += length
  }
  return row
}

/**
 * The message that binds texts to a named statement. PGlite's own writer counts the bytes of a text in JavaScript, and copies
 * them three times.
 */
export function toBind(statement: string, values: readonly (string | null)[]): Buffer {
  const sizes = values.map((value) => (value === null ? 0 : Buffer.byteLength(value)))
  const size = sizes.reduce((sum, each) => sum + 4 + each, 12 + Buffer.byteLength(statement))
  const message = Buffer.alloc(1 + size)
  message.write('B')
  message.writeInt32BE(size, 1)
  // An empty name of the portal, the name of the statement, and no formats: all values are texts.
  let at = 6 + message.write(statement, 6) + 3
  message.writeInt16BE(values.length, at)
  at += 2
  for (const [index, value] of values.entries()) {
    message.writeInt32BE(value === null ? -1 : (sizes[index] ?? 0), at)
    at += 4 + (value === null ? 0 : message.write(value, at + 4))
  }
  return message
}

function codeOf(letter: string): number {
  return letter.charCodeAt(0)
}
