export interface Ages {
  from: number
  to: number
}

/** The ages that a text gives, lower age first, with the place of their words in it. */
export interface AgesInText extends Ages {
  start: number
  end: number
}

const OLDEST = 110
const GROWN_UP = 18
/** "Over 60" means the next fifteen years, because a persona of 100 helps nobody. */
const OPEN_YEARS = 15

/** Letters and digits that `\b` does not know, such as Arabic ones, end words too. */
const START = String.raw`(?<![\p{L}\p{N}€$£+])(?<!\d[.,:])`
const END = String.raw`(?![\p{L}\p{N}%])(?![.,:]\d)`
const NUMBER = String.raw`(\d{1,2})`
const YEARS = String.raw`(?:\s*-?\s*(?:years?(?:[\s-]olds?)?|yrs?|jahren?|jährigen?|ans|años?|anni|anos|سنوات|سنة|عام[اً]*|سال)(?!\p{L}))`
const TO = String.raw`(?:-|–|—|to|till|until|bis|und|and|or|oder|à|et|y|a|e|و|إلى|الى|حتى|تا)`
const BETWEEN = String.raw`(?:aged?|ages|between|zwischen|entre|alter(?: von)?|âgée?s? (?:de|entre)|بين|أعمارهم|عمر|سن)`
/** Numbers before such words count something other than years. */
const NOT_YEARS = String.raw`(?!\s*(?:%|€|\$|£|percent|prozent|euros?|dollars?|people|persons?|personen|leute|employees?|mitarbeiter\p{L}*|hours?|stunden|minutes?|minuten|days?|tagen?|weeks?|wochen|months?|monaten?|times|cups?|tassen|shops?|countries|cities|km|kg|m|am|pm|uhr|o['’]clock)(?!\p{L}))`

const pattern = (source: string) => new RegExp(source, 'iu')
const RANGE = pattern(`${START}${NUMBER}${YEARS}?-?\\s*${TO}\\s*${NUMBER}${YEARS}?${END}${NOT_YEARS}`)
const MARKED = pattern(`(?:(?<!\\p{L})${BETWEEN}\\s+|${START}(?=\\d+${YEARS}))${NUMBER}${YEARS}?${END}${NOT_YEARS}`)
/** A number between commas: "Parents, 30, who …". */
const ALONE = pattern(String.raw`(?<=[,(،、]\s*)(\d{2})(?=\s*(?:[,).;،、]\s|[,).;،、]?$))`)
const FROM = pattern(
  `(?<!\\p{L})(?:over|above|older than|from|ab|über|älter als|plus de|más de|فوق)\\s+(\\d{2})${YEARS}?${END}(?!\\s+\\p{L})|${START}(\\d{2})\\s?\\+`,
)
const BELOW = pattern(
  `(?<!\\p{L})(?:under|below|younger than|unter|jünger als|moins de|menos de|تحت|دون)\\s+(\\d{2})${YEARS}?${END}(?!\\s+\\p{L})`,
)
const DECADES = ['twenties', 'thirties', 'forties', 'fifties', 'sixties', 'seventies', 'eighties']
const DECADE = pattern(
  String.raw`(?<!\p{L})(?:in (?:their|his|her) )?(?:mid-)?(?:(${DECADES.join('|')})|([2-8])0s)(?!\p{L})`,
)

/** The first ages in a text: a range or a number of years, in several languages, with Arabic and Persian digits too. */
export function readAges(text: string): AgesInText | undefined {
  const latin = toLatinDigits(text)
  const range = RANGE.exec(latin)
  const [, one = '', other = ''] = range ?? []
  // Short numbers count many things, so they need a word for ages.
  if (range && (Number(other) >= 10 || isMarked(latin, range))) return toAges(range, Number(one), Number(other))

  const decade = DECADE.exec(latin)
  if (decade) {
    const from = decade[2] ? Number(decade[2]) * 10 : (DECADES.indexOf(decade[1]?.toLowerCase() ?? '') + 2) * 10
    return toAges(decade, from, from + 9)
  }
  const from = FROM.exec(latin)
  if (from) return toAges(from, Number(from[1] ?? from[2]), Number(from[1] ?? from[2]) + OPEN_YEARS)
  const below = BELOW.exec(latin)
  if (below) return toAges(below, Math.min(GROWN_UP, Number(below[1]) - 1), Number(below[1]) - 1)
  const single = MARKED.exec(latin) ?? ALONE.exec(latin)
  return single ? toAges(single, Number(single[1]), Number(single[1])) : undefined
}

const MARK_BEFORE = pattern(`(?<!\\p{L})${BETWEEN}\\s*$`)
const MARK_WITHIN = pattern(`\\d${YEARS}`)

function isMarked(text: string, { index, 0: words }: RegExpExecArray): boolean {
  return MARK_BEFORE.test(text.slice(0, index)) || MARK_WITHIN.test(words)
}

function toAges({ index, 0: words }: RegExpExecArray, one: number, other: number): AgesInText {
  const [from, to] = [Math.min(one, other), Math.min(OLDEST, Math.max(one, other))]
  return { from, to, start: index, end: index + words.length }
}

/** Digits of Arabic and Persian have their value in the last four bits, and count one UTF-16 unit each. */
function toLatinDigits(text: string): string {
  return text.replaceAll(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}
