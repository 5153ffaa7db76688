import { quote } from '../words.ts'

/** The brief's own phrases by kind: `{ offer: ['A weekly box'], feature: ['fresh', 'cancel any time'] }`. */
export type Phrases = Readonly<Record<string, readonly string[]>>

interface FillOptions {
  /** The position of the phrase that is quoted first. Default 0. */
  seed?: number
  /** The text between two lines. Default: a space. */
  join?: string
}

/** At most three, because a list that quotes the whole brief is useless. */
const MOST_QUOTES = 3
const SLOT = /\{(=?)(\w+)(\+\d|\*)?\}/g

/**
 * Fills fixed lines with phrases of the brief, exactly as they were written:
 *
 * - `{feature}` is the phrase in quotation marks, chosen by the seed; `{feature+1}` is the next one
 * - `{feature*}` is all phrases, quoted
 * - `{=topic}` is the phrase without marks, for a label such as `{=topic}: a checklist`
 *
 * A line is left out when the brief lacks a phrase for one of its slots, so that nothing is invented. Phrases are never
 * inflected, because code cannot apply grammar.
 */
export function fillDraft(
  lines: readonly string[],
  phrases: Phrases,
  { seed = 0, join = ' ' }: FillOptions = {},
): string {
  return lines.flatMap((line) => fillLine(line, phrases, seed) ?? []).join(join)
}

function fillLine(line: string, phrases: Phrases, seed: number): string | undefined {
  let isWhole = true
  // A function as replacement, so that "$&" in a brief stays as it is.
  const filled = line.replaceAll(SLOT, (_slot, plain: string, name: string, which = '+0') => {
    const known = phrases[name] ?? []
    const chosen = which === '*' ? known.slice(0, MOST_QUOTES) : choose(known, seed, Number(which))
    if (chosen.length === 0) isWhole = false
    return chosen.map((phrase) => (plain ? phrase : quote(phrase))).join(', ')
  })
  return isWhole ? filled : undefined
}

function choose(phrases: readonly string[], seed: number, offset: number): string[] {
  const phrase = offset < phrases.length ? phrases[(seed + offset) % phrases.length] : undefined
  return phrase === undefined ? [] : [phrase]
}
