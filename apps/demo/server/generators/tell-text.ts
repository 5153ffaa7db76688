import { setTimeout as pause } from 'node:timers/promises'
import type { GeneratorContext } from '@brandkit/server-adapter'

/** Streams the prose of one step's items while they are written. */
export interface Telling {
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
