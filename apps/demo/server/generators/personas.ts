import type { TaskPayload, TaskResult } from '@brandkit/core'
import { DECISION_STYLES, type DecisionStyle, PERSONA_TOUCHPOINTS } from '@brandkit/core/brand-tasks'
import { type Ages, type Group, headOf, readGroups, readOffer, YOUNGEST_BUYER } from '../brief.ts'
import { type AudienceTrait, readTraits } from '../numbers/audience.ts'
import { splitByWeight } from '../numbers/split-by-weight.ts'
import { hashText, note, quote, readKeywords, say, toKey } from '../words.ts'
import { type BrandGenerator, findPrevious, type GeneratorOptions, keepEntries, keepFields } from './generator.ts'
import { namesOf, STYLES } from './persona-styles.ts'
import { createStepRunner } from './step-runner.ts'

type Payload = TaskPayload<'AUTO_GENERATE_PERSONAS'>
type Result = TaskResult<'AUTO_GENERATE_PERSONAS'>
type Persona = Result['personas'][number]

/**
 * Personas of an audience: segments are the groups of the brief × four ways to decide (Eisenberg), with shares by the
 * largest remainder method. A draft holds what can be known without asking: whom the brief names, its phrases about them,
 * and questions for interviews. A model writes names, stories and messages; shares, ages and affinities stay computed.
 * Personas that follow a brand kit are told the brand's promise first.
 */
export function createPersonasGenerator(options: GeneratorOptions = {}): BrandGenerator<'AUTO_GENERATE_PERSONAS'> {
  return async (context) => {
    const { taskId, payload } = context
    const promise = findPrevious(context.previous, 'GENERATE_BRAND_KIT')?.essence.promise
    const { run, runItems, provenance } = createStepRunner('AUTO_GENERATE_PERSONAS', context, options)
    const drafts = draftPersonas(payload)

    const segments = await run('segments', {
      compute: () => drafts.map(({ segment }) => segment),
      write: {
        task: 'Give every segment a telling name and the traits that matter for the offer.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'personaKey', take: ['name', 'traits'] }),
      },
      show: (soFar) => ({ segments: soFar }),
    })

    const profiles = await runItems('profiles', {
      drafts: drafts.map(({ profile }) => profile),
      keyOf: ({ personaKey }) => personaKey,
      write: {
        task: 'Make the profile a person one could meet: occupation, story, quote, goals and frustrations that follow from the audience.',
        keep: (draft, written) =>
          keepFields(draft, written, ['name', 'occupation', 'story', 'quote', 'goals', 'frustrations']),
      },
      show: (soFar) => ({ personas: soFar }),
    })

    const touchpoints = await run('touchpoints', {
      compute: () =>
        drafts.map(({ segment: { personaKey }, touchpoints: rated }) => ({ personaKey, touchpoints: rated })),
    })

    const messages = await runItems('messages', {
      drafts: drafts.map(({ segment: { personaKey }, messages: drafted }) => ({
        personaKey,
        messages: promise ? { ...drafted, arguments: [promise, ...drafted.arguments] } : drafted,
      })),
      keyOf: ({ personaKey }) => personaKey,
      write: {
        task: 'Phrase for the persona what convinces, and what keeps them from buying with an answer to it. Promise nothing that the offer does not say.',
        keep: (draft, written) => keepFields(draft, written, ['messages']),
      },
    })

    return {
      personaSetId: `personas-${taskId}`,
      audienceName: payload.audienceName,
      segments,
      personas: profiles.map((profile) =>
        Object.assign({}, profile, {
          touchpoints: touchpoints.find(({ personaKey }) => personaKey === profile.personaKey)?.touchpoints ?? [],
          messages: messages.find(({ personaKey }) => personaKey === profile.personaKey)?.messages ?? {
            arguments: [profile.quote],
            objections: [],
          },
        }),
      ),
      ...provenance(),
    }
  }
}

/** The draft of one persona for all four steps. */
interface PersonaDraft {
  segment: Result['segments'][number]
  profile: Omit<Persona, 'touchpoints' | 'messages'>
  touchpoints: Persona['touchpoints']
  messages: Persona['messages']
}

/** Each further group of the brief counts this much less, because people name the important groups first. */
const RANK_EXPONENT = 0.6
const MOST_FACTS = 2

/** One persona for each group and way to decide, largest segment first. The personas of a group share its facts out. */
function draftPersonas({ audience, audienceName, offer, region, count }: Payload): PersonaDraft[] {
  const groups = readGroups(audience, audienceName)
  const [what, ...features] = readOffer(offer)
  const places = Array.from({ length: count }, (_, index) => {
    const style = DECISION_STYLES[index % DECISION_STYLES.length] ?? 'methodical'
    const position = index % groups.length
    // Later personas already have something else.
    const round = Math.floor(index / DECISION_STYLES.length)
    const weight = STYLES[style].prior / ((position + 1) ** RANK_EXPONENT * (round + 1))
    return { group: groups[position] ?? groups[0], style, round, weight, turn: Math.floor(index / groups.length) }
  })
  const percents = splitByWeight(
    100,
    places.map(({ weight }) => weight),
  )
  return places
    .map((place, index) => Object.assign(place, { percent: percents[index] ?? 0 }))
    .toSorted((one, other) => other.percent - one.percent)
    .map(({ group, style, round, percent, turn }, index) => {
      const { label, how, variants } = STYLES[style]
      const { check, quote: words, goal, frustration, argument, objections } = variants[round] ?? variants[0]
      const personaKey = toKey(`${style} ${round} ${group.name}`)
      const age = ageOf(group, { index, count, seed: `${offer} ${index}` })
      const names = namesOf(region, age)
      const facts = group.facts.slice(turn * MOST_FACTS, (turn + 1) * MOST_FACTS)
      return {
        segment: {
          personaKey,
          name: `${label}${round === 0 ? '' : ', with something else in use'}: ${quote(group.name)}`,
          share: percent / 100,
          traits: facts.map(quote),
        },
        profile: {
          personaKey,
          name: names[(hashText(what) + index) % names.length] ?? 'Alex',
          age,
          occupation: `${group.isForChildren ? 'buys for' : 'group:'} ${quote(group.name)}`,
          story: say(
            round === 0 ? how : 'For the case that something else is in use.',
            note('In the brief', facts),
            `To find out: ${check}`,
          ),
          quote: words,
          goals: [goal],
          frustrations: [frustration],
          decisionStyle: style,
        },
        touchpoints: rateTouchpoints(style, group),
        messages: {
          arguments: [note('From the offer', features.slice(index, index + 1)), argument].filter(Boolean),
          objections: objections.map(([objection, answer]) => ({ objection, answer })),
        },
      }
    })
}

const ADULTS: Ages = { from: 24, to: 62 }
const TEENS: Ages = { from: YOUNGEST_BUYER, to: 17 }
const TEENAGERS = /(?<!\p{L})(?:teens|teenagers|adolescents|jugendliche)(?!\p{L})/iu
const AGES_BY_TRAIT: Readonly<Partial<Record<AudienceTrait, Ages>>> = {
  young: { from: 18, to: 29 },
  older: { from: 60, to: 76 },
  families: { from: 28, to: 45 },
  professionals: { from: 27, to: 56 },
}

/** An age within the range of the group, or else of what its name says it is. Each persona gets another part of the range. */
function ageOf(group: Group, { index, count, seed }: { index: number; count: number; seed: string }): number {
  const { from, to } = buyerAges(group)
  // Takes parts from both ends of the range in turn, so that neighbours differ.
  const part = (index % 2 === 0 ? index / 2 : count - (index + 1) / 2) / count
  const within = (hashText(seed) % 100) / 100 / count
  return from + Math.floor((part + within) * (to - from + 1))
}

function buyerAges({ name, ages, isForChildren }: Group): Ages {
  if (isForChildren) return AGES_BY_TRAIT.families ?? ADULTS
  if (ages) return { from: Math.max(YOUNGEST_BUYER, ages.from), to: Math.max(YOUNGEST_BUYER, ages.to) }
  const head = headOf(name)
  if (TEENAGERS.test(head)) return TEENS
  const [byTrait] = readTraits(readKeywords(head)).flatMap((trait) => AGES_BY_TRAIT[trait] ?? [])
  return byTrait ?? ADULTS
}

/** The affinity of the way to decide, plus the bonus of each trait of the group, within 0.05 and 1. Best first. */
function rateTouchpoints(style: DecisionStyle, { name }: Group): Persona['touchpoints'] {
  const bonuses = readTraits(readKeywords(name)).map((trait) => TOUCHPOINTS_BY_TRAIT[trait])
  return PERSONA_TOUCHPOINTS.map((touchpoint, index) => {
    const added = bonuses.reduce((sum, bonus) => sum + (bonus[touchpoint] ?? 0), 0)
    const affinity = (STYLES[style].touchpoints[index] ?? 0) + added
    return { touchpoint, affinity: Math.round(Math.min(1, Math.max(0.05, affinity)) * 100) / 100 }
  }).toSorted((one, other) => other.affinity - one.affinity)
}

const TOUCHPOINTS_BY_TRAIT: Readonly<
  Record<AudienceTrait, Partial<Record<Persona['touchpoints'][number]['touchpoint'], number>>>
> = {
  young: { social: 0.15, video: 0.15, press: -0.2, email: -0.15 },
  older: { press: 0.25, store: 0.15, social: -0.25, video: -0.1, podcast: -0.15 },
  families: { friends: 0.1, store: 0.1, event: 0.05, podcast: -0.05 },
  professionals: { email: 0.15, podcast: 0.1, event: 0.1, store: -0.15 },
  commuters: { podcast: 0.2, social: 0.1, store: 0.05 },
  culture: { podcast: 0.15, event: 0.15, press: 0.1 },
  lifestyle: { social: 0.1, video: 0.1, store: 0.05 },
  customers: { email: 0.25, friends: 0.1, search: -0.15 },
}
