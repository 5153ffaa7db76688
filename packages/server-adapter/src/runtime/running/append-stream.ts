import { handled } from '@brandkit/core'
import type { GeneratorContext } from './generator.js'

/** A stream of text, such as `textStream` of the AI SDK. */
export type TextStream = AsyncIterable<string> | ReadableStream<string>

/**
 * Appends a stream to the task's text as it comes, and resolves with the whole of it. An abort of the attempt cancels the
 * stream and rejects with the signal's reason; so does an error of the stream.
 *
 * @example
 *   const { textStream } = streamText({ model, prompt, abortSignal: context.signal })
 *   const story = await context.step('story', () => appendStream(context, textStream))
 */
export function appendStream(
  { partial, signal }: Pick<GeneratorContext<unknown>, 'partial' | 'signal'>,
  stream: TextStream,
): Promise<string> {
  const source = toSource(stream)

  async function appendAll(): Promise<string> {
    let text = ''
    for (;;) {
      const next = await source.next()
      signal.throwIfAborted()
      if (next.done) return text
      await partial.append(next.value)
      text += next.value
    }
  }

  // A stream that hangs does not hear the abort, so nothing waits for it.
  const whole = new Promise<string>((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    appendAll()
      .finally(() => signal.removeEventListener('abort', abort))
      .then(resolve, reject)
  })
  return handled(
    whole.catch((error: unknown) => {
      source.cancel()
      throw error
    }),
  )
}

interface Source {
  next: () => Promise<{ done: true } | { done?: false | undefined; value: string }>
  cancel: () => void
}

/**
 * Not every browser can iterate over a `ReadableStream`, so it is read by its reader.
 *
 * @throws TypeError for what is no stream
 */
function toSource(stream: TextStream): Source {
  if (typeof stream !== 'object' || stream === null || !('getReader' in stream || Symbol.asyncIterator in stream))
    throw new TypeError(
      'appendStream() takes an async iterable or a ReadableStream of text, such as `textStream` of the AI SDK.',
    )
  if ('getReader' in stream) {
    const reader = stream.getReader()
    return { next: () => reader.read(), cancel: () => void handled(reader.cancel()) }
  }
  const iterator = stream[Symbol.asyncIterator]()
  return {
    next: () => iterator.next() as ReturnType<Source['next']>,
    cancel: () => void handled(Promise.resolve(iterator.return?.())),
  }
}
