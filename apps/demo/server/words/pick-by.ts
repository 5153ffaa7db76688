import { hashText } from './hash-text.ts'

/** One of the list, always the same for the same seed. */
export function pickBy<Item>(seed: string, list: readonly [Item, ...Item[]]): Item {
  return list[hashText(seed) % list.length] ?? list[0]
}
