import { readKeywords } from './read-keywords.ts'

/** How alike two texts are: shared words over all their words (Jaccard), 0 to 1. Endings of up to two letters do not count. */
export function overlapOf(one: string, other: string): number {
  const [left, right] = [toStems(one), toStems(other)]
  const shared = [...left].filter((stem) => right.has(stem)).length
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
