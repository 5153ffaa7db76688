import type { FeedItem } from '../feeds/feed-item.ts'
import { readKeywords, toKey } from '../words.ts'

/** A subject of several items. */
export interface Term {
  trendKey: string
  /** The most frequent spelling. */
  name: string
  items: FeedItem[]
}

const FEWEST_MENTIONS = 3
const LONGEST_TAG = 60
/** The part of a term's items that must carry a tag before the tag counts as its category. */
const SUBSUMED = 0.5
/** The part of a term's items that another term shares before both count as one. */
const SAME = 0.6
/** The largest part that two subjects of one category may share. */
const APART = 0.1

/**
 * The subjects of the items: their tags, and pairs and triples of neighbouring words in their titles, counted once for
 * each item. Categories, terms with fewer than three items, and duplicates of another term are left out: tags win over
 * phrases, larger terms over smaller.
 */
export function findTerms(items: readonly FeedItem[], { categories }: { categories: ReadonlySet<string> }): Term[] {
  const terms = collect(items, (item) => [...readPhrases(item.title), ...tagsOf(item)])
  const tags = new Set(items.flatMap((item) => tagsOf(item).map(toKey)))
  const ordered = [...terms.values()]
    .filter((term) => term.items.length >= FEWEST_MENTIONS && !categories.has(term.trendKey))
    .toSorted(
      (one, other) =>
        Number(tags.has(other.trendKey)) - Number(tags.has(one.trendKey)) ||
        other.items.length - one.items.length ||
        // The longer of two names that always appear together says more.
        other.name.length - one.name.length ||
        (one.trendKey < other.trendKey ? -1 : 1),
    )
  const kept: { term: Term; set: ReadonlySet<FeedItem> }[] = []
  for (const term of ordered) {
    if (!kept.some(({ set }) => shareIn(term.items, set) >= SAME)) kept.push({ term, set: new Set(term.items) })
  }
  return kept.map(({ term }) => term)
}

/**
 * Tags that are categories of at least two subjects with very few common items. A tag subsumes another when half of the
 * other's items carry it too and it has more items (after Sanderson and Croft, "Deriving concept hierarchies from text",
 * 1999). The test uses all items, since in a quiet week a category may look like its only subject.
 */
export function findCategories(items: readonly FeedItem[]): Set<string> {
  const tags = [...collect(items, tagsOf).values()].filter((term) => term.items.length >= FEWEST_MENTIONS)
  const categories = tags.filter(({ items: own }) => {
    const set = new Set(own)
    const below = tags.filter((other) => other.items.length < own.length && shareIn(other.items, set) >= SUBSUMED)
    return below.some((one) => {
      const taken = new Set(one.items)
      return below.some((other) => other !== one && shareIn(other.items, taken) < APART)
    })
  })
  return new Set(categories.map(({ trendKey }) => trendKey))
}

function collect(items: readonly FeedItem[], namesOf: (item: FeedItem) => readonly string[]): Map<string, Term> {
  const terms = new Map<string, Term & { names: Map<string, number> }>()
  for (const item of items) {
    for (const [trendKey, name] of new Map(namesOf(item).map((written) => [toKey(written), written]))) {
      const term = terms.get(trendKey) ?? { trendKey, name, names: new Map<string, number>(), items: [] }
      term.items.push(item)
      term.names.set(name, (term.names.get(name) ?? 0) + 1)
      term.name = mostFrequent(term.names)
      terms.set(trendKey, term)
    }
  }
  return terms
}

function tagsOf({ tags }: FeedItem): string[] {
  return tags.filter((tag) => tag.length > 1 && tag.length <= LONGEST_TAG)
}

function shareIn(items: readonly FeedItem[], set: ReadonlySet<FeedItem>): number {
  return items.filter((item) => set.has(item)).length / items.length
}

/** Pairs and triples of neighbouring words that carry meaning. They do not cross punctuation or a word such as "of". */
function readPhrases(title: string): string[] {
  return title.split(/[^\p{L}\p{N}\s'’-]+/u).flatMap((part) => {
    const words = part.toLowerCase().split(/\s+/).filter(Boolean)
    const telling = words.map((word) => word.length > 2 && !STOP_WORDS.has(word) && readKeywords(word).length === 1)
    return words.flatMap((word, index) => {
      if (!telling[index] || !telling[index + 1]) return []
      const pair = `${word} ${words[index + 1]}`
      return telling[index + 2] ? [pair, `${pair} ${words[index + 2]}`] : [pair]
    })
  })
}

function mostFrequent(names: ReadonlyMap<string, number>): string {
  const [[name] = ['']] = [...names].toSorted(
    ([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1),
  )
  return name
}

/** Function words in the languages of the sample: no phrase of a trend begins or ends with them. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'aber als am an auch auf aus bei beim bis das dass dem den der des die doch ein eine einem einen einer es für hat ich im in ist ' +
    'jetzt kann man mehr mit nach nicht noch nur oder ohne pro sich sie sind so statt über um und uns unter vom von vor war was wer wie wird zu zum zur ' +
    'au aux avec ce ces dans de des du elle en est et il la le les leur ne on ou par pas pour que qui sa se ses son sous sur un une ' +
    'al como con del el es esta las los más ni no para por qué se sin su una unas unos y ya ' +
    'che chi ci con da dal dei del della di e gli i il la le lo nel non per più si sono su tra un una'
  ).split(' '),
)
