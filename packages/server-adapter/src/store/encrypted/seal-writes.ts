import { cutText, LIMITS } from '@brandkit/core'
import type { AttemptEnd, StepCheckpoint, TaskReport, TextAppend } from '../attempt-writes.js'
import { encodeJson } from '../encode-json.js'
import { toShownText } from '../storable-text.js'
import type { NewStoredTask } from '../task-store.js'
import type { CodecContext } from './payload-codec.js'
import type { Seals } from './seals.js'

/** How many bytes of a failure's text are encrypted, so that the encrypted text is not cut. */
const FAILURE_BYTES = LIMITS.textBytes / 2

/** Encrypts the content of what is written, and leaves everything else as it is. */
export function createSealWrites(seals: Seals) {
  const seal: Seals['seal'] = (...input) => seals.seal(...input)

  async function sealText(text: TextAppend | undefined, context: CodecContext): Promise<TextAppend | undefined> {
    if (!text) return undefined
    const { at, append, length = append.length } = text
    return { at, append: await seal(encodeJson(append), context), length }
  }

  async function sealFailure(text: string, context: CodecContext): Promise<string> {
    const sealed = await seal(cutText(toShownText(text), FAILURE_BYTES), context)
    return cutText(sealed, LIMITS.textBytes) === sealed ? sealed : TOO_LONG
  }

  return {
    async task(task: NewStoredTask): Promise<NewStoredTask> {
      return { ...task, payload: await seal(encodeJson(task.payload, 'invalid_payload'), task) }
    },
    async report({ partialResult, text, ...report }: TaskReport, context: CodecContext): Promise<TaskReport> {
      const [partial, piece] = await Promise.all([
        partialResult === undefined ? undefined : seal(encodeJson(partialResult), context),
        sealText(text, context),
      ])
      return { ...report, partialResult: partial, text: piece }
    },
    async checkpoint({ output, text, ...checkpoint }: StepCheckpoint, context: CodecContext): Promise<StepCheckpoint> {
      const [sealed, piece] = await Promise.all([seal(encodeJson(output), context), sealText(text, context)])
      return { ...checkpoint, output: sealed, text: piece }
    },
    async end(end: AttemptEnd, context: CodecContext): Promise<AttemptEnd> {
      if (end.status === 'unstarted') return end
      if (end.status === 'release') return { ...end, text: await sealText(end.text, context) }
      if (end.status === 'completed') {
        const sealing = [seal(encodeJson(end.result), context), sealText(end.text, context)] as const
        const [result, text] = await Promise.all(sealing)
        return { ...end, result, text }
      }
      const sealing = [sealFailure(end.lastError, context), sealText(end.text, context)] as const
      const [lastError, text] = await Promise.all(sealing)
      return { ...end, lastError, text }
    },
  }
}

const TOO_LONG = 'It failed, and the reason is too long when it is encrypted.'
