import { LIMITS, TaskError } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import { byteLength } from '../../platform.js'
import type { TextAppend } from '../../store/attempt-writes.js'
import { createPartialResults, type PartialResults } from './partial-results.js'

interface TextBehindOptions {
  /** The text as it was at the last checkpoint of an earlier attempt. */
  kept: string
  /** Handles its own errors; `false`: not stored for sure. */
  write: (text: TextAppend) => Promise<boolean>
  clock: Clock
}

/**
 * The streamed text of one attempt, written in the rhythm of partial results: the first piece at once, then at most four
 * times a second. Each write begins where the last sure one ended, so a lost write costs nothing. Checkpoints and the end
 * carry what is unwritten.
 */
export class TextBehind {
  private readonly options: TextBehindOptions
  private readonly rhythm: PartialResults
  /** The length that is stored for sure, in UTF-16 code units. */
  private stored: number
  /** The length that a checkpoint has kept. */
  private kept: number
  /** Everything after `stored`. */
  private waiting = ''
  private bytes: number
  private endsInHalf = false

  constructor(options: TextBehindOptions) {
    const { kept, clock } = options
    this.options = options
    this.stored = kept.length
    this.kept = kept.length
    this.bytes = byteLength(kept)
    this.rhythm = createPartialResults(() => this.writeWaiting(), clock)
  }

  /** @throws TaskError `result_unserializable` for a text that would become too long; nothing of it is appended */
  append(text: string): void {
    if (text === '') return
    // Two halves of a surrogate pair have six bytes apart and four together.
    const isJoined = this.endsInHalf && /^[\uDC00-\uDFFF]/.test(text)
    const bytes = this.bytes + byteLength(text) - (isJoined ? 2 : 0)
    if (bytes > LIMITS.streamedTextBytes) {
      throw new TaskError(
        'result_unserializable',
        `The text of this task would have ${bytes} bytes; at most ${LIMITS.streamedTextBytes} are kept. Append less, or store large texts elsewhere and append their address.`,
      )
    }
    this.bytes = bytes
    this.endsInHalf = endsInHalf(text)
    this.waiting += text
    this.rhythm.report(null)
  }

  /** For the end of the attempt: what no write has stored for sure. */
  get unwritten(): TextAppend | undefined {
    return this.waiting === '' ? undefined : { at: this.stored, append: this.waiting }
  }

  /** For a checkpoint: everything that no checkpoint has kept. */
  get unkept(): TextAppend | undefined {
    return this.stored + this.waiting.length === this.kept ? undefined : { at: this.stored, append: this.waiting }
  }

  /** Takes note of a checkpoint that is stored. */
  noteKept(text: TextAppend): void {
    this.noteStored(text)
    this.kept = Math.max(this.kept, text.at + text.append.length)
  }

  /** Writes nothing by itself from now on. */
  close(): void {
    this.rhythm.close()
  }

  private async writeWaiting(): Promise<void> {
    // A reader would see half a character. Its other half comes with the next piece.
    const append = this.endsInHalf ? this.waiting.slice(0, -1) : this.waiting
    if (append === '') return
    const text = { at: this.stored, append }
    if (await this.options.write(text)) this.noteStored(text)
    else this.rhythm.report(null)
  }

  private noteStored({ at, append }: TextAppend): void {
    const more = at + append.length - this.stored
    // A checkpoint has carried the same text meanwhile.
    if (more <= 0) return
    this.waiting = this.waiting.slice(more)
    this.stored += more
  }
}

function endsInHalf(text: string): boolean {
  return /[\uD800-\uDBFF]$/.test(text)
}
