import { lowerFirst, shorten } from '../words.ts'

/** What a description says of people, as plural predicates: "drink three cups a day". */
export interface People {
  /** "remote workers", "students in Berlin"; at least one. */
  groups: [string, ...string[]]
  goals: string[]
  pains: string[]
  habits: string[]
  ages?: { from: number; to: number }
}

const LONGEST = 90
const PAIN =
  /\b(annoy|afraid|anxious|bad|bored|cannot|can['’]t|don['’]t|confus|difficult|distrust|doubt|expensive|fear|fed up|forget|frustrat|guilt|hard|hate|hurt|lack|little time|lonely|lose|no time|never|nobody|not\b|overwhelm|problem|run out|scared|short of|skeptic|sceptic|stress|struggl|suffer|tired|too |unsure|waste|without|worr)/i
const GOAL =
  /^(?:\w+ly |often |also |really )?(?:aim|care|dream|enjoy|expect|hope|like|look|love|need|plan|prefer|seek|try|value|want|wish|would like|are (?:interested in|keen|eager|passionate))\b/i
const AGES =
  /\(?\s*(?:\b(?:aged|ages?|between)\s*)?\b(\d{2})\s*(?:-|–|to|and)\s*(\d{2})\b(?:\s*years?(?:\s*old)?)?(?:\s*\))?/i

/** "Our customers are mothers …": what stands before tells nothing. */
const PREAMBLE =
  /^(?:(?:our|the|my|main|core|primary|typical|ideal)\s+)*(?:target\s+)?(?:audience|customers?|buyers|clients?|group|market|users?)\s+(?:is|are)\s+(?:mostly\s+|mainly\s+)?/i
/** What may follow a group without "who": "interested in …", "struggling with …". */
const ATTRIBUTE =
  /,?\s+(?=(?:active|afraid|annoyed|bored|concerned|eager|frustrated|interested|keen|looking|mainly|mostly|overwhelmed|passionate|primarily|seeking|struggling|tired|trying|unsure|wanting|worried)\b)/i
const PRONOUN = /^(?:they|many(?: of them)?|most(?: of them)?|some(?: of them)?|all of them)\s+(.+)$/i
const ANYBODY = /^(?:all|anybody|anyone|everybody|everyone|people)$/i

/**
 * Reads a description of an audience: who they are stands before "who" or an attribute such as "interested in", what they do, want and
 * mind after it or in sentences about "they". What looks like neither a wish nor a trouble is a habit; sentences about anything else
 * are left out.
 */
export function readPeople(text: string, fallback: string): People {
  const ages = AGES.exec(text)
  const sentences = text
    .replace(AGES, ' ')
    .replaceAll(/\s+/g, ' ')
    .split(/[.!?;\n]+(?:\s|$)/)
    .map((sentence) => sentence.trim().replace(PREAMBLE, ''))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))

  const groups: string[] = []
  const clauses: string[] = []
  for (const sentence of sentences) {
    const [before = '', ...tails] = sentence.split(/\s*,?\s+(?:who|that)\s+/i)
    const [, predicate] = PRONOUN.exec(before) ?? []
    const [head = '', ...attributes] = predicate === undefined ? ` ${before}`.split(ATTRIBUTE) : []
    if (predicate !== undefined) clauses.push(...splitClauses(predicate))
    else if (groups.length === 0 || tails.length > 0) groups.push(...splitGroups(head))
    clauses.push(...attributes.map(toPredicate), ...tails.flatMap(splitClauses))
  }
  const said = clauses.map((clause) => shorten(clause, LONGEST))
  const pains = said.filter((clause) => PAIN.test(clause))
  const goals = said.filter((clause) => GOAL.test(clause) && !pains.includes(clause))
  const [group = ANYBODY.test(fallback.trim()) ? 'people' : lowerFirst(fallback), ...others] = [...new Set(groups)]
  return {
    groups: [group, ...others],
    goals,
    pains,
    habits: said.filter((clause) => !pains.includes(clause) && !goals.includes(clause)),
    ...(ages && { ages: toRange(Number(ages[1]), Number(ages[2])) }),
  }
}

function splitGroups(head: string): string[] {
  return head
    .split(/\s*[,/]\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+/i)
    .map((group) => shorten(group.replace(/^(?:the|our|all|mostly|mainly)\s+/i, '').trim(), LONGEST))
    .filter((group) => /\p{L}{2}/u.test(group))
    .map((group) => (ANYBODY.test(group) ? 'people' : lowerFirst(group)))
}

/** "drink coffee, care about origin and are short of time" is three; "salt and pepper" stays. */
function splitClauses(predicate: string): string[] {
  return predicate
    .split(
      /\s*,\s*(?:and\s+|but\s+|or\s+)?|\s+(?:and|but)\s+(?=(?:are|have|do|can|cannot|want|need|like|love|care|hate|often|\p{L}+\s+(?:a|an|the|their|to|for|about|in|on|at|with|by)\b))/iu,
    )
    .map((clause) => lowerFirst(clause.replace(/^(?:and|but|they)\s+/i, '').trim()))
    .filter((clause) => /\p{L}{2}/u.test(clause))
}

/** "interested in tea, and looking for more," becomes "are interested in tea"; "struggling with it" becomes "are struggling with it". */
function toPredicate(attribute: string): string {
  return `are ${lowerFirst(attribute.replace(/[\s,]+(?:and|or)?[\s,]*$/i, ''))}`
}

function toRange(one: number, other: number): { from: number; to: number } {
  return { from: Math.max(13, Math.min(one, other)), to: Math.max(13, Math.max(one, other)) }
}
