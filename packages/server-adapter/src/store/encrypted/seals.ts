import { describeError, isTaskError, TaskError, type TaskLogger } from '@brandkit/core'
import type { CodecContext, PayloadCodec } from './payload-codec.js'

/** The beginning of each encrypted value. A value without it was stored before there was a codec. */
const MARK = '$enc:'

/** Encrypts and decrypts single values by the app's codec. */
export interface Seals {
  /** @throws TaskError `store_unavailable` when the codec fails, `internal_error` when it answers with something else than a text */
  seal(text: string, context: CodecContext): Promise<string>
  /** The text of a sealed value; any other value as it is. `Unreadable` when the codec fails. */
  open(value: unknown, context: CodecContext, read: (text: string) => unknown): Promise<unknown>
  /** Takes what the server's operator should know. */
  tellTo(logger: TaskLogger): void
}

/** Stands for a value that cannot be decrypted. */
export class Unreadable {
  readonly cause: unknown

  constructor(cause: unknown) {
    this.cause = cause
  }
}

export function createSeals(codec: PayloadCodec): Seals {
  let logger: TaskLogger | undefined
  /** What was logged once: a list that is read each second would fill the log. */
  const told = new Set<string>()

  function tell(what: 'encrypted' | 'decrypted', { tenantId }: CodecContext, cause: unknown): void {
    const failure = `${what} ${tenantId}`
    if (told.has(failure)) return
    told.add(failure)
    const reason = describeError(cause)
    logger?.error(`Content of a tenant could not be ${what}; further failures of this kind are not logged`, {
      tenantId,
      reason,
    })
  }

  return {
    async seal(text, context) {
      const encrypted: unknown = await encrypt(text, context)
      if (typeof encrypted === 'string') return MARK + encrypted
      throw new TaskError('internal_error', `The payload codec's encrypt() must give a text, not ${typeof encrypted}.`)
    },
    async open(value, context, read) {
      if (typeof value !== 'string' || !value.startsWith(MARK)) return value
      try {
        return read(await codec.decrypt(value.slice(MARK.length), context))
      } catch (cause) {
        tell('decrypted', context, cause)
        return new Unreadable(cause)
      }
    },
    tellTo: (given) => {
      logger = given
    },
  }

  async function encrypt(text: string, context: CodecContext): Promise<unknown> {
    try {
      return await codec.encrypt(text, context)
    } catch (cause) {
      if (isTaskError(cause)) throw cause
      tell('encrypted', context, cause)
      throw new TaskError('store_unavailable', 'The content could not be encrypted. The same call may be repeated.', {
        cause,
      })
    }
  }
}
