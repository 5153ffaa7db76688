import type { TaskPayload } from '@brandkit/core'
import { DECISION_STYLES, type DecisionStyle } from '@brandkit/core/brand-tasks'
import { AUDIENCE_TRAITS, readTraits } from '../media-plan/read-audience.ts'
import { splitByWeight } from '../numbers.ts'
import { capitalise, hashText, readKeywords, toKey } from '../words.ts'
import { type People, readPeople } from '../words/read-people.ts'
import { DECISION_PROFILES } from './decision-profiles.ts'

export interface Segment {
  personaKey: string
  name: string
  /** 0 to 1, in whole percent; all segments add up to 1. */
  share: number
  traits: string[]
}

/** A segment with what it was made of. It follows from the payload, so it need not be stored. */
export interface SegmentSource {
  segment: Segment
  group: string
  decisionStyle: DecisionStyle
  people: People
}

/** Each further group that is named counts this much less: people name the important ones first. */
const RANK_EXPONENT = 0.6
/** How much a sign in the text adds to the prior of a style. */
const SIGN_BONUS = 0.2

/**
 * Groups that the description names × ways to decide. The share of a segment is the share of its group (by rank and, where it
 * has a known trait, by the trait's share of adults) × the weight of the style (prior plus signs in the text), turned into
 * whole percents by the largest remainder method. Largest first.
 */
export function divideAudience({ audience, audienceName, offer, count }: DivideAudienceOptions): SegmentSource[] {
  const people = readPeople(audience, audienceName)
  const styles = rankStyles(`${audience} ${offer}`)
  const drafts = Array.from({ length: count }, (_, index) => {
    const position = index % people.groups.length
    const round = Math.floor(index / people.groups.length)
    const group = people.groups[position] ?? people.groups[0]
    const { style, weight } = styles[(2 * position + round) % styles.length] ?? {
      style: 'methodical' as const,
      weight: 0.3,
    }
    // When every style is taken, the same people are met again on their way from another offer.
    const switching = round >= styles.length
    const name = `${capitalise(group)} ${DECISION_PROFILES[style].who}${switching ? ', coming from another offer' : ''}`
    return {
      name,
      group,
      style,
      weight: (groupWeight(group) * weight) / ((position + 1) ** RANK_EXPONENT * (switching ? 2 : 1)),
    }
  })
  const percents = splitByWeight(
    100,
    drafts.map(({ weight }) => weight),
  )
  const keys = new Set<string>()
  return drafts
    .map(({ name, group, style }, index) => {
      const personaKey = freeKey(toKey(name), keys)
      const traits = [
        group,
        DECISION_PROFILES[style].who.replace(/^who /, ''),
        ...spread([...people.habits, ...people.goals], index, count),
      ]
      return {
        segment: { personaKey, name, share: (percents[index] ?? 0) / 100, traits: [...new Set(traits)] },
        group,
        decisionStyle: style,
        people,
      }
    })
    .toSorted((one, other) => other.segment.share - one.segment.share)
}

type DivideAudienceOptions = Pick<
  TaskPayload<'AUTO_GENERATE_PERSONAS'>,
  'audience' | 'audienceName' | 'offer' | 'count'
>

/** Styles by weight, heaviest first; equal ones in an order that depends on the text. */
function rankStyles(text: string): { style: DecisionStyle; weight: number }[] {
  const weighed = DECISION_STYLES.map((style) => {
    const signs = text.match(new RegExp(DECISION_PROFILES[style].signs, 'gi')) ?? []
    return { style, weight: DECISION_PROFILES[style].prior + SIGN_BONUS * Math.min(3, signs.length) }
  })
  return weighed.toSorted(
    (one, other) =>
      other.weight - one.weight || (hashText(text + one.style) % 97) - (hashText(text + other.style) % 97),
  )
}

function groupWeight(group: string): number {
  const shares = readTraits(readKeywords(group)).map((trait) => AUDIENCE_TRAITS[trait].share)
  return shares.length > 0 ? Math.min(...shares) : 0.3
}

/** Every `count`-th item from `index` on, so that no two segments get the same ones while there are enough. */
function spread<Item>(items: readonly Item[], index: number, count: number): Item[] {
  if (items.length === 0) return []
  const own = items.filter((_, position) => position % count === index)
  return own.length > 0 ? own : items.slice(index % items.length, (index % items.length) + 1)
}

function freeKey(key: string, taken: Set<string>): string {
  const free = taken.has(key) ? `${key}-${taken.size + 1}` : key
  taken.add(free)
  return free
}
