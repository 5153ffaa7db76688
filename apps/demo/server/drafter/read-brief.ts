import { type Ages, type AgesInText, readAges } from '../media-plan/read-ages.ts'

/** A part of an audience, in the words of the brief. */
export interface Group {
  /** "Young professionals in Berlin" */
  name: string
  /** Wishes and preferences of the group, as the brief states them. */
  wishes: string[]
  /** Problems of the group. */
  concerns: string[]
  /** All facts about the group, with its wishes and concerns. */
  facts: string[]
  /** The ages that the brief gives this group, and no other. */
  ages?: Ages
  /** The brief names nobody but children, so that adults buy for them. */
  isForChildren?: true
}

/** Younger people are no buyers here. */
export const YOUNGEST_BUYER = 13
const GROWN_UP = 18

const CONCERN =
  /\b(?:afraid|annoyed|bored|cannot|can['’]t|don['’]t|expensive|frustrated|hate|little time|no time|overwhelmed|short of|skeptical|stressed|struggl\w*|tired|too|unsure|without|worried|worry)\b/i
const WISH =
  /\b(?:care|enjoy|hope|interested|keen|like|look(?:ing)? for|love|need|passionate|plan|prefer|seek\w*|treat|value|want|would like)\b/i
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
/** "and" before a verb begins a new fact. */
const NEXT_FACT =
  /\s*(?:,(?!\d)|[،、，])\s*|\s*[;:()؛]\s*|\s+-\s+|\s+(?:and|but)\s+(?=(?:are|buy|can|cannot|care|carry|do|don['’]t|eat|go|hate|have|like|live|look|love|meet|need|often|prefer|travel|treat|use|want|watch|work|worry)\b)/i
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
export function readGroups(audience: string, fallback: string): [Group, ...Group[]] {
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
      groups.push({ name, ...sort(toFacts(sentence, ages, name.length)), ...own })
    } else if (last) Object.assign(last, sort([...last.facts, ...toFacts(sentence, ages)]), last.ages ? {} : own)
    // A sentence without people before the first group says nothing that belongs to a group, unless it stays alone.
    else if (sentences.length === 1) groups.push({ name: fallback, ...sort(toFacts(sentence, ages)), ...own })
  }
  const [first = { name: fallback, ...sort([]) }, ...others] = withoutEchoes(withoutChildren(groups))
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
    return { ...group, ...sort(facts) }
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

function sort(facts: string[]): Pick<Group, 'facts' | 'wishes' | 'concerns'> {
  const concerns = facts.filter((fact) => CONCERN.test(fact))
  return { facts, concerns, wishes: facts.filter((fact) => WISH.test(fact) && !concerns.includes(fact)) }
}

/** Words that reduce the risk of an offer. */
const REASSURING =
  /\b(cancel\w*|trial|free (?:delivery|exchange|month|repairs?|returns?|sample|shipping|week)|returns?\b|guarantee\w*|refund\w*|warrant\w*|no contract|spare parts|try\b|money back)/i

export interface Offer {
  /** The offer: the first phrase of the brief. */
  what: string
  /** The advantages of the offer; the offer itself if the brief has no more phrases. */
  features: string[]
  /**
   * Phrases that reduce the risk. They give no reason to want the offer, so they count as features only in a brief with no
   * other phrases.
   */
  reassurances: string[]
}

/** Splits an offer into phrases at commas and full stops. */
export function readOffer(text: string): Offer {
  const phrases = text
    .replaceAll(/\s+/g, ' ')
    // A comma or point between digits belongs to a number.
    .split(/[;:!?()؛؟،、，。！？]+|[.,](?!\d)|\s[-–—]\s/)
    .map((phrase) => phrase.trim().replace(LEADING, '').replace(CONNECTIVES, ''))
    .filter((phrase) => /\p{L}{2}/u.test(phrase))
  const [what = text.trim(), ...more] = phrases
  const others = dropEchoes(more).filter((phrase) => !what.toLowerCase().includes(phrase.toLowerCase()))
  const reassurances = others.filter((phrase) => REASSURING.test(phrase))
  const reasons = others.filter((phrase) => !REASSURING.test(phrase))
  const features = [reasons, reassurances].find((list) => list.length > 0) ?? [what]
  return { what, features, reassurances }
}
