import { randomUUID } from 'node:crypto'
import type { messages, PGlite, protocol } from '@electric-sql/pglite'
import type { PgliteInstance } from './connection.js'
import { type AnsweredColumn, readAnswer, toBind } from './pglite-protocol.js'
import { createStatementNames, isRefusedName } from './statement-names.js'

/** The part of a PGlite that a named statement needs. */
export type NamingPglite = PgliteInstance &
  Pick<PGlite, 'describeQuery' | 'execProtocolRawStream' | 'isInTransaction' | 'runExclusive'>

interface NamedStatement {
  name: string
  text: string
  /** Converts each parameter to text. */
  serializers: ((value: unknown) => string)[]
  columns: AnsweredColumn[]
  /** Whether the session has parsed it. */
  isParsed: boolean
}

const PARSED = '1'.charCodeAt(0)

/**
 * A fast path: a frequent statement is parsed and planned once. `PGlite.query` does both at each call, which takes up to nine
 * tenths of a statement for few rows. Plans are kept, so the session needs the settings of `PLANNING`.
 *
 * `PGlite.query` runs all other statements, and frequent ones while a transaction is open.
 */
export function keepStatements(pglite: NamingPglite, { serialize, Parser }: typeof protocol): PgliteInstance {
  const names = createStatementNames()
  // Another store of this process, maybe of another release, names statements in the same session.
  const owner = randomUUID()
  const statements = new Map<string, Promise<NamedStatement>>()

  async function describe(name: string, text: string): Promise<NamedStatement> {
    const { queryParams, resultFields } = await pglite.describeQuery(text)
    return {
      name: `${name}_${owner}`,
      text,
      serializers: queryParams.map(({ serializer }) => serializer ?? String),
      columns: resultFields.map(({ name: column, parser }) => ({ name: column, parse: parser ?? String })),
      isParsed: false,
    }
  }

  function statementOf(text: string): Promise<NamedStatement> | undefined {
    const name = names.nameOf(text)
    if (name === undefined) return undefined
    const known = statements.get(name)
    if (known) return known
    const described = describe(name, text)
    statements.set(name, described)
    described.catch(() => statements.delete(name))
    return described
  }

  function toMessage({ name, text, serializers, isParsed }: NamedStatement, parameters: readonly unknown[]): Buffer {
    const values = parameters.map((value, index) => (value == null ? null : (serializers[index] ?? String)(value)))
    return Buffer.concat([
      ...(isParsed ? [] : [serialize.parse({ name, text })]),
      toBind(name, values),
      serialize.execute(),
      serialize.sync(),
    ])
  }

  /** @returns null while a transaction is open, because the statement must not become part of it, and after the end */
  function send(statement: NamedStatement, parameters: readonly unknown[]): Promise<Buffer | null> {
    return pglite.runExclusive(async () => {
      if (!pglite.ready || pglite.isInTransaction()) return null
      const chunks: Buffer[] = []
      await pglite.execProtocolRawStream(toMessage(statement, parameters), {
        // A copy, since PGlite overwrites the chunk.
        onRawData: (chunk) => void chunks.push(Buffer.from(chunk)),
        // Node's file systems need no such call.
        syncToFs: false,
      })
      const answer = Buffer.concat(chunks)
      statement.isParsed ||= answer[0] === PARSED
      return answer
    })
  }

  /** Does what PGlite does with the messages that it reads itself: it throws errors, and tells its listeners. */
  async function actOn(answer: Buffer): Promise<void> {
    const all: messages.BackendMessage[] = []
    new Parser().parse(answer, (message) => void all.push(message))
    const error = all.find((message) => message instanceof Error)
    if (error) throw error
    // Said again in a statement whose answer PGlite reads.
    for (const message of all) {
      if (isNotification(message)) await pglite.query('select pg_notify($1, $2)', [message.channel, message.payload])
    }
  }

  async function execute(text: string, parameters: readonly unknown[]) {
    const statement = await statementOf(text)
    const answer = statement ? await send(statement, parameters) : null
    if (!statement || !answer) return null
    const { rows, hasMore } = readAnswer(answer, statement.columns)
    if (hasMore) await actOn(answer)
    return { rows, fields: [] }
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

function isNotification(message: messages.BackendMessage): message is messages.NotificationResponseMessage {
  return message.name === 'notification'
}
