import type { DecisionStyle } from '@brandkit/core/brand-tasks'
import { type AudienceTrait, readTraits } from '../media-plan/read-audience.ts'
import { capitalise, hashText, listWords, lowerFirst, readKeywords } from '../words.ts'
import { toFirstPerson, toThirdPerson } from '../words/predicate.ts'
import type { Offer } from '../words/read-offer.ts'
import { DECISION_PROFILES } from './decision-profiles.ts'
import type { SegmentSource } from './divide-audience.ts'
import { findOccupation } from './find-occupation.ts'

export interface Profile {
  personaKey: string
  name: string
  age: number
  occupation: string
  story: string
  quote: string
  goals: string[]
  frustrations: string[]
  decisionStyle: DecisionStyle
}

interface Range {
  from: number
  to: number
}

const ADULTS: Range = { from: 24, to: 62 }
const AGES_BY_TRAIT: Readonly<Partial<Record<AudienceTrait, Range>>> = {
  young: { from: 18, to: 29 },
  older: { from: 60, to: 76 },
  families: { from: 28, to: 45 },
  professionals: { from: 27, to: 56 },
}

/**
 * One person of a segment. Name, age and occupation are drawn by a hash from the names of the country, from the ages that the
 * description or the group gives, and from the jobs of the group; story, quote, goals and frustrations are what the
 * description says of the people, seen through the way this one decides.
 */
export function writeProfile(source: SegmentSource, { index, offer, names }: WriteProfileOptions): Profile {
  const { segment, group, decisionStyle, people } = source
  const style = DECISION_PROFILES[decisionStyle]
  const seed = `${segment.personaKey}/${offer.what}`
  const name = names[(hashText(offer.what) + index) % names.length] ?? 'Alex'
  const { from, to } = people.ages ?? rangeOf(group)
  const age = from + (hashText(seed) % (to - from + 1))
  const occupation = findOccupation(group, seed)

  const facts = rotate([...people.habits, ...people.goals], index)
    .slice(0, 2)
    .map(toThirdPerson)
  const pain = rotate(people.pains, index)[0]
  const goal = rotate(people.goals, index)[0]
  return {
    personaKey: segment.personaKey,
    name,
    age,
    occupation,
    story: [
      `${name} is ${age} and stands for the ${group} ${style.who}.`,
      ...(facts.length > 0 ? [`${name} ${listWords(facts)}.`] : []),
      ...(pain ? [`What gets in the way: ${name} ${toThirdPerson(pain)}.`] : []),
      `Before choosing ${offer.what}, ${name} ${style.before}.`,
    ].join(' '),
    quote: `${capitalise(toFirstPerson(pain ?? goal ?? `want ${offer.what} without thinking twice`))}. ${style.motto}`,
    goals: [...rotate(people.goals, index).slice(0, 2).map(toGoal), style.goal],
    frustrations: [...rotate(people.pains, index).slice(0, 2).map(toFrustration), style.frustration],
    decisionStyle,
  }
}

interface WriteProfileOptions {
  /** Position of the persona, so that no two have the same name while there are enough. */
  index: number
  offer: Offer
  names: readonly string[]
}

function rangeOf(group: string): Range {
  const [range] = readTraits(readKeywords(group)).flatMap((trait) => AGES_BY_TRAIT[trait] ?? [])
  return range ?? ADULTS
}

function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const start = items.length === 0 ? 0 : by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

const GOAL_FORMS: readonly [RegExp, string][] = [
  [/^(?:want|need|would like|hope|wish|plan|aim|try|expect) to /i, ''],
  [/^(?:want|need|expect|wish for|hope for) /i, 'Get '],
  [/^(?:like|love|enjoy|prefer) /i, 'Enjoy '],
  [/^(?:care about|value) /i, 'No compromise on '],
  [/^(?:look for|seek|are looking for|are seeking) /i, 'Find '],
  [/^are (?:interested in|keen on|passionate about) /i, 'More room for '],
  [/^are (?:eager|keen|trying) to /i, ''],
]

/** "want to sleep better" becomes "Sleep better". */
function toGoal(predicate: string): string {
  const form = GOAL_FORMS.find(([start]) => start.test(predicate))
  return capitalise(form ? predicate.replace(form[0], form[1]) : predicate)
}

/** "are annoyed by stale beans" becomes "Annoyed by stale beans". */
function toFrustration(predicate: string): string {
  const bare = predicate.replace(/^(?:are|have) /i, '')
  return capitalise(bare === predicate ? toThirdPerson(lowerFirst(predicate)) : bare)
}
