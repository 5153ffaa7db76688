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
  ages?: Ages
}

export interface Ages {
  from: number
  to: number
}

const YOUNGEST = 13
/** A range of two numbers with two digits, unless they count something other than years. */
const AGES =
  /\b(\d{2})\s*(?:-|–|to|and)\s*(\d{2})\b(?!\s*(?:%|€|\$|days|employees|euros?|hours|kg|km|m\b|minutes|people|percent|weeks))/i
const CONCERN =
  /\b(?:afraid|annoyed|bored|cannot|can['’]t|don['’]t|expensive|frustrated|hate|little time|no time|overwhelmed|short of|skeptical|stressed|struggl\w*|tired|too|unsure|without|worried|worry)\b/i
const WISH =
  /\b(?:care|enjoy|hope|interested|keen|like|look(?:ing)? for|love|need|passionate|plan|prefer|seek\w*|treat|value|want|would like)\b/i
/** A sentence with such a beginning continues about the previous group. */
const CONTINUED =
  /^(?:active|all|he|interested|it|looking|many|most|mostly|our|price|she|some|their|these|they|this|we)\b/i
/** The end of a group's name. */
const NAME_END = /\s*(?:[,(:;]|\s-\s|\b(?:aged?|between|interested|looking|mostly|struggling|that|which|who)\b)/i
/** "and" before a verb begins a new fact. */
const NEXT_FACT =
  /\s*,\s*|\s*[;:()]\s*|\s+-\s+|\s+(?:and|but)\s+(?=(?:are|buy|can|cannot|care|carry|do|don['’]t|eat|go|hate|have|like|live|look|love|meet|need|often|prefer|travel|treat|use|want|watch|work|worry)\b)/i
/** Words that connect a fact to the previous one. */
const LEADING = /^(?:(?:aged?|and|but|or|that|they|which|who|with|years?(?: old)?)\s+)+/i

/** The groups of an audience: one for each sentence that names people, with the facts of the brief about it. */
export function readGroups(audience: string, fallback: string): [Group, ...Group[]] {
  const sentences = audience
    .replaceAll(/\s+/g, ' ')
    .split(/[.!?;]+(?:\s|$)/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}{2}/u.test(sentence))
  const groups: Group[] = []
  for (const sentence of sentences) {
    const ages = readAges(sentence)
    const [name = ''] = sentence.split(NAME_END)
    const isGroup = name !== '' && !CONTINUED.test(sentence) && !groups.some((group) => group.name === name)
    const facts = toFacts(isGroup ? sentence.slice(name.length) : sentence)
    const last = groups.at(-1)
    if (isGroup || !last) groups.push({ name: isGroup ? name : fallback, ...sort(facts), ...(ages && { ages }) })
    else Object.assign(last, sort([...last.facts, ...facts]), ages && { ages })
  }
  const [first = { name: fallback, ...sort([]) }, ...others] = groups
  return [first, ...others]
}

function toFacts(text: string): string[] {
  return text
    .replace(AGES, ';')
    .split(NEXT_FACT)
    .map((fact) => fact.trim().replace(LEADING, ''))
    .filter((fact) => fact.split(' ').length > 1)
}

function sort(said: readonly string[]): Pick<Group, 'facts' | 'wishes' | 'concerns'> {
  const facts = [...new Set(said)]
  const concerns = facts.filter((fact) => CONCERN.test(fact))
  return { facts, concerns, wishes: facts.filter((fact) => WISH.test(fact) && !concerns.includes(fact)) }
}

/** The first range of ages in a text, lower age first. */
export function readAges(text: string): Ages | undefined {
  const [, one, other] = AGES.exec(text) ?? []
  if (one === undefined || other === undefined) return undefined
  const ages = [Number(one), Number(other)].toSorted((left, right) => left - right)
  return { from: Math.max(YOUNGEST, ages[0] ?? 0), to: Math.max(YOUNGEST, ages[1] ?? 0) }
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
    .split(/[;:!?()]+|[.,](?!\d)|\s[-–—]\s/)
    .map((phrase) => phrase.trim().replace(LEADING, ''))
    .filter((phrase) => /\p{L}{2}/u.test(phrase))
  const [what = text.trim(), ...others] = [...new Set(phrases)]
  const reassurances = others.filter((phrase) => REASSURING.test(phrase))
  const reasons = others.filter((phrase) => !REASSURING.test(phrase))
  const features = [reasons, reassurances].find((list) => list.length > 0) ?? [what]
  return { what, features, reassurances }
}
