import type { TaskPayload, TaskResult } from '@brandkit/core'
import { DECISION_STYLES, type DecisionStyle, PERSONA_TOUCHPOINTS } from '@brandkit/core/brand-tasks'
import { AUDIENCE_TRAITS, type AudienceTrait, readTraits } from '../media-plan/read-audience.ts'
import { splitByWeight } from '../split-by-weight.ts'
import { hashText, quote, readKeywords, toKey } from '../words.ts'
import { fillDraft, type Phrases } from './fill-draft.ts'
import { namesOf } from './person-names.ts'
import type { Ages } from '../media-plan/read-ages.ts'
import { type Group, headOf, readGroups, readOffer, YOUNGEST_BUYER } from './read-brief.ts'
import { countSigns, PERSONAS, type PersonaVariant } from './tables.ts'

type Payload = TaskPayload<'AUTO_GENERATE_PERSONAS'>
type Result = TaskResult<'AUTO_GENERATE_PERSONAS'>
type Persona = Result['personas'][number]

/** The draft of one persona for all four steps of the generator; the list has the largest segment first. */
export interface PersonaDraft {
  segment: Result['segments'][number]
  profile: Omit<Persona, 'touchpoints' | 'messages'>
  touchpoints: Persona['touchpoints']
  messages: Persona['messages']
}

/**
 * The plan for one persona: a group of the brief, a way to decide, and a variant for people new to the offer or not. All
 * plans differ.
 */
interface Place {
  group: Group
  style: DecisionStyle
  variant: PersonaVariant
  /** 0: the offer is new to the persona. */
  round: number
  weight: number
}

/** Each further group of the brief counts this much less, because people name the important groups first. */
const RANK_EXPONENT = 0.6
/** A sign in the text adds this much to the prior of a style. */
const SIGN_BONUS = 0.2
const MOST_SIGNS = 3
const ADULTS: Ages = { from: 24, to: 62 }
const TEENAGERS = /(?<!\p{L})(?:teens|teenagers|adolescents|jugendliche)(?!\p{L})/iu
const TEENS: Ages = { from: YOUNGEST_BUYER, to: 17 }

/**
 * Drafts the personas of an audience. A segment's share is the share of its group × the weight of the way to decide, in
 * whole percents by the largest remainder method. A group's share comes from its rank and, with a known trait, from the
 * trait's share of adults. The weight is the prior plus signs in the text. Ages are spread over the range of the group;
 * phrases about the people are quoted, each once.
 */
export function draftPersonas(payload: Payload): PersonaDraft[] {
  const places = findPlaces(payload)
  const percents = splitByWeight(
    100,
    places.map(({ weight }) => weight),
  )
  const names = namesOf(payload.region)
  const { what, features, reassurances } = readOffer(payload.offer)

  return places
    .map((place, index) => ({ place, percent: percents[index] ?? 0 }))
    .toSorted((one, other) => other.percent - one.percent)
    .map(({ place, percent }, index) => {
      const { group, style, variant, round } = place
      const { facts, wishes, concerns } = shareOfPhrases(place, places)
      const phrases: Phrases = {
        feature: features.slice(index, index + 1),
        reassurance: reassurances.slice(index, index + 1),
      }
      const { label, before } = PERSONAS.styles[style]
      const name = `${label}${round === 0 ? '' : ', if something else is in use'}: ${quote(group.name)}`
      const personaKey = toKey(`${style} ${round} ${group.name}`)
      return {
        segment: {
          personaKey,
          name,
          share: percent / 100,
          traits: [...(round === 0 ? [before] : []), ...facts.map(quote)],
        },
        profile: {
          personaKey,
          name: names[(hashText(what) + index) % names.length] ?? 'Alex',
          age: ageOf(place, { payload, index }),
          occupation: `${group.isForChildren ? 'buys for' : 'from'} ${quote(group.name)}`,
          story: `${round === 0 ? `Way of deciding: ${before}. ` : ''}To check: ${variant.check}`,
          quote: variant.quote,
          goals: [variant.goal, ...wishes.map(quote)],
          frustrations: [variant.frustration, ...concerns.map(quote)],
          decisionStyle: style,
        },
        touchpoints: rateTouchpoints(place),
        messages: {
          arguments: ['Lead with {feature}.', variant.argument]
            .map((line) => fillDraft([line], phrases))
            .filter((line) => line !== ''),
          objections: variant.objections.map(({ objection, answer }, position) => ({
            objection,
            answer: fillDraft(position === 0 ? [answer, 'In the offer: {reassurance}.'] : [answer], phrases),
          })),
        },
      }
    })
}

const MOST_QUOTES = 2

/**
 * The phrases of a group that this persona quotes. The personas of a group share its phrases out, so that none is quoted
 * twice: wishes become goals, concerns become frustrations, and the rest are traits.
 */
function shareOfPhrases(
  { group, style, round }: Place,
  places: readonly Place[],
): Pick<Group, 'facts' | 'wishes' | 'concerns'> {
  const alike = places.filter((place) => place.group === group)
  const turn = alike.findIndex((place) => place.style === style && place.round === round)
  const shareOut = (phrases: readonly string[]) =>
    phrases.filter((_phrase, index) => index % alike.length === turn).slice(0, MOST_QUOTES)
  const { facts, wishes, concerns } = group
  return {
    facts: shareOut(facts.filter((fact) => !wishes.includes(fact) && !concerns.includes(fact))),
    wishes: shareOut(wishes),
    concerns: shareOut(concerns),
  }
}

function findPlaces({ audience, audienceName, offer, count }: Payload): Place[] {
  const groups = readGroups(audience, audienceName)
  const styles = rankStyles(`${audience} ${offer}`)
  return Array.from({ length: count }, (_, index) => {
    const position = index % groups.length
    const group = groups[position] ?? groups[0]
    const round = Math.floor(index / styles.length)
    const { style, weight } = styles[index % styles.length] ?? { style: 'methodical' as const, weight: 0.3 }
    const variants = PERSONAS.styles[style].variants
    const shares = traitsOf(group).map((trait) => AUDIENCE_TRAITS[trait].share)
    const groupShare = shares.length > 0 ? Math.min(...shares) : 0.3
    return {
      group,
      style,
      variant: variants[round] ?? variants[0],
      round,
      weight: (groupShare * weight) / ((position + 1) ** RANK_EXPONENT * (round + 1)),
    }
  })
}

/** Styles by weight, heaviest first; styles of equal weight in an order that depends on the text. */
function rankStyles(text: string): { style: DecisionStyle; weight: number }[] {
  const weighed = DECISION_STYLES.map((style) => {
    const { prior, signs } = PERSONAS.styles[style]
    return { style, weight: prior + SIGN_BONUS * Math.min(MOST_SIGNS, countSigns(signs, text)) }
  })
  return weighed.toSorted(
    (one, other) =>
      other.weight - one.weight || (hashText(text + one.style) % 97) - (hashText(text + other.style) % 97),
  )
}

/**
 * An age within the range of the group, or else of what its name says it is. Ages of other groups say nothing about it.
 * Each persona gets another part of the range.
 */
function ageOf({ group }: Place, { payload, index }: { payload: Payload; index: number }): number {
  const { from, to } = buyerAges(group)
  // Takes parts from both ends of the range in turn, so that neighbours differ.
  const part = (index % 2 === 0 ? index / 2 : payload.count - (index + 1) / 2) / payload.count
  const within = (hashText(`${payload.offer} ${index}`) % 100) / 100 / payload.count
  return from + Math.floor((part + within) * (to - from + 1))
}

function buyerAges({ name, ages, isForChildren }: Group): Ages {
  if (isForChildren) return PERSONAS.agesByTrait.families ?? ADULTS
  if (ages) return { from: Math.max(YOUNGEST_BUYER, ages.from), to: Math.max(YOUNGEST_BUYER, ages.to) }
  const head = headOf(name)
  if (TEENAGERS.test(head)) return TEENS
  const [byTrait] = traitsOf({ name: head }).flatMap((trait) => PERSONAS.agesByTrait[trait] ?? [])
  return byTrait ?? ADULTS
}

/**
 * Affinity = the affinity of the way to decide, plus the bonus of each trait of the group, kept within 0.05 and 1. Best
 * first.
 */
function rateTouchpoints({ style, group }: Place): Persona['touchpoints'] {
  return PERSONA_TOUCHPOINTS.map((touchpoint) => {
    const added = traitsOf(group).reduce(
      (sum, trait) => sum + (PERSONAS.touchpointsByTrait[trait]?.[touchpoint] ?? 0),
      0,
    )
    const affinity = PERSONAS.styles[style].touchpoints[touchpoint] + added
    return { touchpoint, affinity: Math.round(Math.min(1, Math.max(0.05, affinity)) * 100) / 100 }
  }).toSorted((one, other) => other.affinity - one.affinity)
}

function traitsOf({ name }: Pick<Group, 'name'>): AudienceTrait[] {
  return readTraits(readKeywords(name))
}
