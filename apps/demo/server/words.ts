import type * as z from 'zod'

/** Words without a meaning of their own, in English and in the languages of the sample feeds. */
const STOP_WORDS = new Set(
  (
    'a about after again all also always an and any anybody anything are aged age ages as at around be because been before being between both brand brands build builds but by can company deliver delivers do ' +
    'does each even every few for from get gets give gives had has have her his how if in into is it its itself just like likes love loves ' +
    'made make makes many may more most much my need needs never new nobody no not of off offer offers old on once one only or other our out over own people ' +
    'person persons same sell sells she should so some somebody such than that the their them then there these they this those through to too under up ' +
    'us use used uses very want wants was we well were what when where which while who whose will with within without year years ' +
    'you your ' +
    'aber al als am an au auch auf aus aux avec bei beim bis ce ces che chi ci como con da dal dans das dass de dei ' +
    'del della dem den der des di die doch du e ein eine einem einen einer el elle en es est esta et eure für gli ' +
    'haben hat i ich ihr ihre ihrem ihren il im in ist jetzt kann kein keine keinen la las le les leur lo los man ' +
    'mehr mit más nach ne nel ni nicht no noch non nur oder ohne on ou par para pas per più por pour pro que qui qué ' +
    'sa se sehr sein seine seinen selbst ses si sich sie sin sind so son sono sous statt su sur tra um un una unas ' +
    'und une unos uns unsere unseren unter viel viele vom von vor war was weil wenn wer wie wir wird wollen wurde ' +
    'wurden y ya zu zum zur über أو إلى التي الذي الذين الى ثم على عن في كل لا مع من هذا هذه '
  )
    .trim()
    .split(' '),
)

/** The meaningful words of a text as they are written, each once, in order. */
export function readWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}\p{M}]+(?:-[\p{L}\p{N}\p{M}]+)*/gu) ?? []
  const byKey = new Map<string, string>()
  for (const word of words) {
    const key = word.toLowerCase()
    if (word.length > 1 && !STOP_WORDS.has(key) && !/^[\d-]+$/.test(word) && !byKey.has(key)) byKey.set(key, word)
  }
  return [...byKey.values()]
}

/** The same in lower case. */
export function readKeywords(text: string, { max = 12 }: { max?: number } = {}): string[] {
  return readWords(text.toLowerCase()).slice(0, max)
}

/** The likeness of two texts: shared words over all their words (Jaccard), 0 to 1. Common word endings are ignored. */
export function overlapOf(one: string, other: string): number {
  return overlapOfStems(toStems(one), toStems(other))
}

/** The same likeness for stems. */
export function overlapOfStems(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0
  for (const stem of left) if (right.has(stem)) shared += 1
  const all = left.size + right.size - shared
  return all === 0 ? 0 : shared / all
}

/** The beginnings of the meaningful words: "roasted" and "roasts" begin alike. */
export function toStems(text: string): Set<string> {
  return new Set(readKeywords(text, { max: 200 }).map(toStem))
}

function toStem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word
}

/**
 * FNV-1a, 32 bits (Fowler, Noll, Vo), over UTF-16 units. The hash spreads texts evenly and is the same on every machine,
 * so that a choice by hash never changes for the same input.
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/**
 * "Café, reversed!" becomes "cafe-reversed". A text without Latin letters becomes a number, so that keys are never empty.
 */
export function toKey(text: string): string {
  const key = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  return key || `x${hashText(text).toString(36)}`
}

/** Cuts to at most `max` UTF-16 units, after a whole word if possible, with an ellipsis. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1)
  const lastSpace = cut.search(/\s\S*$/)
  const whole = lastSpace > max / 2 ? cut.slice(0, lastSpace) : cut
  // A cut through a surrogate pair would leave half a character.
  return `${whole.replace(/[\uD800-\uDBFF]$/, '').replace(/[\s,;:–-]+$/, '')}…`
}

/** Capitalises the first letter: "a lamp" becomes "A lamp". */
export function capitalise(text: string): string {
  const [first = ''] = text
  return first.toLocaleUpperCase('en') + text.slice(first.length)
}

const LONGEST_QUOTE = 200

/** A phrase of the brief exactly as written, in quotation marks; a long one ends with an ellipsis. */
export function quote(phrase: string): string {
  return `“${shorten(phrase, LONGEST_QUOTE)}”`
}

/** At most three, because a list that quotes the whole brief is useless. */
const MOST_QUOTES = 3

/**
 * `In the brief: “a”, “b”.`, or nothing without phrases. Drafts quote the brief only like this, never inside a sentence,
 * because code cannot inflect.
 */
export function note(label: string, phrases: readonly (string | undefined)[]): string {
  const quotes = phrases.filter((phrase) => phrase !== undefined).slice(0, MOST_QUOTES)
  return quotes.length === 0 ? '' : `${label}: ${quotes.map(quote).join(', ')}.`
}

/** The sentences that are not empty, as one text. */
export function say(...sentences: readonly string[]): string {
  return sentences.filter(Boolean).join(' ')
}

/**
 * Reads a table from text: a line of column names, then one line for each entry, with vertical bars between the columns. Long
 * wording stays one line an entry, and its form is checked when the server starts.
 *
 * @throws ZodError when an entry does not have the form of the schema
 */
export function readTable<Entry extends z.ZodType>(
  text: string,
  entry: Entry,
): [z.output<Entry>, ...z.output<Entry>[]] {
  const [names = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const entries = rows.map((cells) => entry.parse(Object.fromEntries(names.map((name, index) => [name, cells[index]]))))
  const [first, ...others] = entries
  if (first === undefined) throw new Error('A table has at least one entry.')
  return [first, ...others]
}
