import { readKeywords } from './read-keywords.ts'

/** How alike two texts are: shared words over all their words (Jaccard), 0 to 1. Common endings of words do not count. */
export function overlapOf(one: string, other: string): number {
  return overlapOfStems(toStems(one), toStems(other))
}

/** The same of stems that are at hand already. */
export function overlapOfStems(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0
  for (const stem of left) if (right.has(stem)) shared += 1
  const all = left.size + right.size - shared
  return all === 0 ? 0 : shared / all
}

/** The beginnings of the words that carry meaning: "roasted" and "roasts" begin alike. */
export function toStems(text: string): Set<string> {
  return new Set(readKeywords(text, { max: 200 }).map(toStem))
}

export function toStem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word
}
