import type { GeneratorContext } from '@brandkit/server-adapter'
import { setTimeout as pause } from 'node:timers/promises'

/** Streams the prose of one step's items while they are written. */
interface Telling {
  /** Appends what the prose has gained since the last call. The last item may be incomplete. */
  tell: (items: readonly unknown[]) => Promise<void>
  /** The same word by word, in this time, in milliseconds. */
  type: (items: readonly unknown[], durationMs: number) => Promise<void>
}

/** @param say the prose of an item. A longer version of the item has prose that begins in the same way. */
export function createTelling<Item>(
  { partial, signal }: Pick<GeneratorContext<unknown>, 'partial' | 'signal'>,
  say: (item: Partial<Item>) => string,
): Telling {
  let told = ''

  const proseOf = (items: readonly unknown[]) =>
    items
      .map((item) => say(item as Partial<Item>))
      .filter(Boolean)
      .join('\n\n')

  async function tellUpTo(prose: string): Promise<void> {
    // A model that goes back on its words has told what it has told: the result has its last words.
    if (!prose.startsWith(told)) return
    await partial.append(prose.slice(told.length))
    told = prose
  }

  return {
    tell: (items) => tellUpTo(proseOf(items)),
    async type(items, durationMs) {
      const words = proseOf(items)
        .slice(told.length)
        .split(/(?<=\s)/)
      for (const word of words) {
        if (durationMs > 0) await pause(durationMs / words.length, undefined, { signal })
        await tellUpTo(told + word)
      }
    },
  }
}

interface Pace {
  /** The duration of the whole step, in milliseconds. 0 does not wait. */
  durationMs: number
  /** Aborts the wait; `unfold` then rejects with the signal's reason. */
  signal: AbortSignal
  /** Receives the finished share, in (0, 1], at most four times. */
  onShare: (share: number) => Promise<void>
  /** Receives the items so far, after each item. */
  onItems?: ((items: readonly unknown[]) => Promise<void>) | undefined
  /** Tells each item while its time passes. */
  telling?: Telling | undefined
}

const REPORTS = 4

/** Shows fast work at a pace that people can follow: a list item by item, any other output at once. */
export async function unfold(output: unknown, { durationMs, signal, onShare, onItems, telling }: Pace): Promise<void> {
  const items: readonly unknown[] = Array.isArray(output) ? output : [output]
  let reported = 0
  for (let done = 1; done <= items.length; done += 1) {
    signal.throwIfAborted()
    if (telling) await telling.type(items.slice(0, done), durationMs / items.length)
    else if (durationMs > 0) await pause(durationMs / items.length, undefined, { signal })
    await onItems?.(items.slice(0, done))

    const quarter = Math.floor((done / items.length) * REPORTS)
    if (quarter === reported) continue
    reported = quarter
    await onShare(done / items.length)
  }
}
