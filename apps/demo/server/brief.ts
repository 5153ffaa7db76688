export interface Ages {
  from: number
  to: number
}

/** The ages that a text gives, lower age first, with the place of their words in it. */
interface AgesInText extends Ages {
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

/** A part of an audience, in the words of the brief. */
export interface Group {
  /** "Young professionals in Berlin" */
  name: string
  /** What else the brief says about it. */
  facts: string[]
  /** The ages that the brief gives this group, and no other. */
  ages?: Ages
  /** The brief names nobody but children, so that adults buy for them. */
  isForChildren?: true
}

/** Younger people are no buyers here. */
export const YOUNGEST_BUYER = 13
/** A sentence with such a beginning continues about the previous group. */
const CONTINUED =
  /^(?:active|all|he|interested|it|looking|many|most|mostly|no|not|our|price|she|some|their|these|they|this|we|are|buy|hate|have|like|live|love|need|prefer|use|want|watch|work|sie|viele|manche|einige|wir|ihre?|nicht|ils|elles|ellos|ellas)(?!\p{L})/iu
/** A first sentence with such a beginning names a group: "Most dog owners". */
const QUANTIFIED = /^(?:active|all|many|most|some|viele|manche|einige)(?!\p{L})/iu
/** A sentence with such a beginning tells of other people or things. */
const OF_OTHERS = /^(?:it|its|our|price|their|ihre?|leurs?|sus)(?!\p{L})/iu
/** Words that connect sentences and name nobody. */
const CONNECTIVES =
  /^(?:(?:and|but|or|so|yet|also|then|plus|because|well|yes|no|okay|oh|anyway|und|aber|oder|auch|ja|nein|et|mais|ou|y|pero|o|e|ma|و|لكن|أو)(?:[\s,،:]+|$))+/iu
/** The end of a group's name. A comma or point between digits belongs to a number. */
const NAME_END =
  /\s*(?:,(?!\d)|[(:;،؛、，]|\s-\s|(?<!\p{L})(?:aged?|between|interested|looking|mostly|struggling|that|which|who|zwischen|qui|que|entre|الذين|بين)(?!\p{L}))/iu
/** Words before ages that belong to them: "in their thirties", "von 25 bis 40". */
const BEFORE_AGES =
  /(?:[\s,،]+(?:aged?|between|from|in|mostly|mainly|von|zwischen|im alter|meist|de|entre|بين|their|his|her)|[\s,،]+)+$/iu
/** Only punctuation begins a new fact, because code cannot tell what an "and" joins. */
const NEXT_FACT = /\s*(?:,(?!\d)|[،、，])\s*|\s*[;:()؛]\s*|\s+-\s+/
/** Words that connect a fact to the previous one. */
const LEADING = /^(?:(?:aged?|and|but|or|that|they|which|who|with|years?(?: old)?|die|und|qui|que|الذين)\s+)+/i
const CHILD = String.raw`(?<!\p{L})(?:child(?:ren)?|kids?|toddlers?|babies|infants|newborns|pupils?|(?:school|grand)children|preschoolers|(?:klein)?kindern?|schüler(?:innen)?|enfants|élèves|niñ[oa]s|bambin[ie]|crianças|(?:ال)?أطفال|کودکان)(?!\p{L})`
const NAMES_CHILD = new RegExp(CHILD, 'iu')
const ENDS_IN_CHILD = new RegExp(`${CHILD}$`, 'iu')
/** "Parents of toddlers" are parents: the part before such a word says who they are. */
const AFTER_HEAD = /\s(?:of|with|for|in|from|at|mit|von|aus|avec|de|con|في|من|مع)\s/iu

/** The words of a group's name that say who they are: "Parents" of "Parents of toddlers". */
export function headOf(name: string): string {
  return name.split(AFTER_HEAD)[0] ?? name
}

/** The groups of an audience: one for each sentence that names people, with the facts of the brief about it. */
export function readGroups(audience: string, fallback = audience): [Group, ...Group[]] {
  const sentences = audience
    .replaceAll(/\s+/g, ' ')
    .split(/[.!?;؟؛]+(?:\s|$)|[。！？]+/)
    .map((sentence) => sentence.trim().replace(CONNECTIVES, ''))
    .filter((sentence) => /\p{L}{2}/u.test(sentence))
  const groups: Group[] = []
  for (const sentence of sentences) {
    const ages = readAges(sentence)
    const name = nameOf(sentence, ages)
    const last = groups.at(-1)
    const isKnown = groups.some((group) => group.name.toLowerCase() === name.toLowerCase())
    const isContinued = CONTINUED.test(sentence) && (last !== undefined || !QUANTIFIED.test(sentence))
    const own = ages && areOwnAges(sentence, { name, ages }) ? { ages: { from: ages.from, to: ages.to } } : {}
    if (name !== '' && !isKnown && !isContinued) {
      groups.push({ name, facts: toFacts(sentence, ages, name.length), ...own })
    } else if (last) Object.assign(last, { facts: [...last.facts, ...toFacts(sentence, ages)] }, last.ages ? {} : own)
    // A sentence without people before the first group says nothing that belongs to a group, unless it stays alone.
    else if (sentences.length === 1) groups.push({ name: fallback, facts: toFacts(sentence, ages), ...own })
  }
  const [first = { name: fallback, facts: [] }, ...others] = withoutEchoes(withoutChildren(groups))
  return [first, ...others]
}

function nameOf(sentence: string, ages: AgesInText | undefined): string {
  const [words = ''] = sentence.split(NAME_END)
  if (!ages || ages.start >= words.length) return words
  return ` ${words.slice(0, ages.start)}`.replace(BEFORE_AGES, '').trimStart()
}

/** "Parents of children aged 6 to 9" gives the ages of the children; "Their parents are 60 to 80" those of others. */
function areOwnAges(sentence: string, { name, ages }: { name: string; ages: AgesInText }): boolean {
  if (OF_OTHERS.test(sentence)) return false
  if (ENDS_IN_CHILD.test(headOf(name))) return true
  return ages.from >= GROWN_UP || !NAMES_CHILD.test(sentence.slice(0, ages.start))
}

/** Groups of children are left out, because children do not buy; alone, they are marked. */
function withoutChildren(groups: readonly Group[]): Group[] {
  const isChild = ({ name, ages }: Group) =>
    ages ? ages.to < YOUNGEST_BUYER || (ages.from < YOUNGEST_BUYER && isNamedChild(name)) : isNamedChild(name)
  const buyers = groups.filter((group) => !isChild(group))
  return buyers.length > 0 ? buyers : groups.map((group) => Object.assign(group, { isForChildren: true as const }))
}

function isNamedChild(name: string): boolean {
  return ENDS_IN_CHILD.test(headOf(name))
}

/** Leaves out facts that repeat a name, another fact, or a part of one. */
function withoutEchoes(groups: readonly Group[]): Group[] {
  const said = groups.map(({ name }) => name)
  return groups.map((group) => {
    const facts = dropEchoes(group.facts, said)
    said.push(...facts)
    return { ...group, facts }
  })
}

/** The phrases that neither contain an earlier one of several words nor are part of one, whatever their case. */
function dropEchoes(phrases: readonly string[], earlier: readonly string[] = []): string[] {
  const kept: string[] = []
  for (const phrase of phrases) {
    const small = phrase.toLowerCase()
    const isEcho = [...earlier, ...kept]
      .map((other) => other.toLowerCase())
      .some((other) => other.includes(small) || (other.includes(' ') && small.includes(other)))
    if (!isEcho) kept.push(phrase)
  }
  return kept
}

function toFacts(sentence: string, ages: AgesInText | undefined, from = 0): string[] {
  const parts = ages
    ? [sentence.slice(from, ages.start).replace(BEFORE_AGES, ''), sentence.slice(Math.max(from, ages.end))]
    : [sentence.slice(from)]
  return parts
    .flatMap((part) => part.split(NEXT_FACT))
    .map((fact) => fact.trim().replace(LEADING, ''))
    .filter((fact) => fact.split(' ').length > 1)
}

/** The phrases of an offer, between its commas and full stops: the offer itself, and then what the brief says about it. */
export function readOffer(text: string): [string, ...string[]] {
  const phrases = text
    .replaceAll(/\s+/g, ' ')
    // A comma or point between digits belongs to a number.
    .split(/[;:!?()؛؟،、，。！？]+|[.,](?!\d)|\s[-–—]\s/)
    .map((phrase) => phrase.trim().replace(LEADING, '').replace(CONNECTIVES, ''))
    .filter((phrase) => /\p{L}{2}/u.test(phrase))
  const [what = text.trim(), ...more] = phrases
  return [what, ...dropEchoes(more).filter((phrase) => !what.toLowerCase().includes(phrase.toLowerCase()))]
}
