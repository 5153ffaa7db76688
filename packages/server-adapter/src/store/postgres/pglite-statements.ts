import { randomUUID } from 'node:crypto'
import type * as Library from '@electric-sql/pglite'
import type { PgliteInstance } from './connection.js'
import { type AnsweredColumn, readAnswer, toBind } from './pglite-protocol.js'
import { createStatementNames, isRefusedName } from './statement-names.js'

type Message = Library.messages.BackendMessage

/** The part of a PGlite that a named statement needs. */
export type NamingPglite = PgliteInstance &
  Pick<Library.PGlite, 'execProtocolRawStream' | 'isInTransaction' | 'parsers' | 'runExclusive' | 'serializers'>

interface NamedStatement {
  name: string
  /** Converts each parameter to text. */
  serializers: ((value: unknown) => string)[]
  columns: AnsweredColumn[]
}

/**
 * A fast path: a frequent statement is parsed and planned once. `PGlite.query` does both at each call, which takes up to nine
 * tenths of a statement for few rows. Plans are kept, so the session needs the settings of `PLANNING`.
 *
 * `PGlite.query` runs all other statements, and frequent ones while a transaction is open.
 */
export function keepStatements(
  pglite: NamingPglite,
  library: Pick<typeof Library, 'messages' | 'protocol'>,
): PgliteInstance {
  const { serialize, Parser } = library.protocol
  const { ParameterDescriptionMessage, RowDescriptionMessage, NotificationResponseMessage } = library.messages
  const names = createStatementNames()
  // Another store of this process, maybe of another release, names statements in the same session.
  const owner = randomUUID()
  const statements = new Map<string, Promise<NamedStatement | null>>()

  function statementOf(text: string): Promise<NamedStatement | null> {
    const name = names.nameOf(text)
    if (name === undefined) return Promise.resolve(null)
    const known = statements.get(name)
    if (known) return known
    const prepared = prepare(`${name}_${owner}`, text)
    statements.set(name, prepared)
    const forget = () => statements.delete(name)
    prepared.then((statement) => statement ?? forget(), forget)
    return prepared
  }

  /** Parses a statement and learns its types. */
  async function prepare(name: string, text: string): Promise<NamedStatement | null> {
    const answer = await send([
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    ])
    if (!answer) return null
    const all = readMessages(answer)
    const types = all.find((message) => message instanceof ParameterDescriptionMessage)?.dataTypeIDs ?? []
    const fields = all.find((message) => message instanceof RowDescriptionMessage)?.fields ?? []
    return {
      name,
      serializers: types.map((type) => pglite.serializers[type] ?? String),
      columns: fields.map(({ name: column, dataTypeID }) => ({
        name: column,
        parse: pglite.parsers[dataTypeID] ?? String,
      })),
    }
  }

  /** @returns null while a transaction is open, because the statement must not become part of it, and after the end */
  function send(messages: readonly Uint8Array[]): Promise<Buffer | null> {
    return pglite.runExclusive(async () => {
      if (!pglite.ready || pglite.isInTransaction()) return null
      const chunks: Buffer[] = []
      await pglite.execProtocolRawStream(Buffer.concat(messages), {
        // A copy, since PGlite overwrites the chunk.
        onRawData: (chunk) => void chunks.push(Buffer.from(chunk)),
        // Node's file systems need no such call.
        syncToFs: false,
      })
      return Buffer.concat(chunks)
    })
  }

  /** @throws the error in the answer, if it has one */
  function readMessages(answer: Buffer): Message[] {
    const all: Message[] = []
    new Parser().parse(answer, (message) => void all.push(message))
    const error = all.find((message) => message instanceof Error)
    if (error) throw error
    return all
  }

  async function execute(text: string, parameters: readonly unknown[]) {
    const statement = await statementOf(text)
    if (!statement) return null
    const { name, serializers, columns } = statement
    const values = parameters.map((value, index) => (value == null ? null : (serializers[index] ?? String)(value)))
    const answer = await send([toBind(name, values), serialize.execute(), serialize.sync()])
    if (!answer) return null
    const { rows, hasMore } = readAnswer(answer, columns)
    if (hasMore) await passOn(readMessages(answer))
    return { rows, fields: [] }
  }

  /** PGlite tells its listeners only of notifications in answers that it reads: another statement sends them again. */
  async function passOn(all: readonly Message[]): Promise<void> {
    for (const message of all) {
      if (!(message instanceof NotificationResponseMessage)) continue
      // The statement has taken effect, so a failure here is none of its caller's. A closing PGlite has no listeners to tell.
      await pglite.query('select pg_notify($1, $2)', [message.channel, message.payload]).catch(() => {})
    }
  }

  return {
    get closed() {
      return pglite.closed
    },
    get ready() {
      return pglite.ready
    },
    waitReady: pglite.waitReady,
    close: () => pglite.close(),
    transaction: (work) => pglite.transaction(work),
    listen: (channel, onMessage) => pglite.listen(channel, onMessage),

    async query<Row>(text: string, parameters: unknown[] = [], options: object = {}) {
      try {
        const named = await execute(text, parameters)
        if (named) return named as { rows: Row[]; fields: [] }
      } catch (error) {
        names.refused(error)
        if (!isRefusedName(error)) throw error
      }
      return pglite.query<Row>(text, parameters, options)
    },
  }
}
