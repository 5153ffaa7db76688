import { capitalise, fillTemplate, overlapOf } from '../words.ts'
import { toSecondPerson } from '../words/predicate.ts'
import type { Offer } from '../words/read-offer.ts'
import { DECISION_PROFILES } from './decision-profiles.ts'
import type { SegmentSource } from './divide-audience.ts'

export interface Messages {
  arguments: string[]
  objections: { objection: string; answer: string }[]
}

/**
 * Arguments: each wish or trouble of the people beside the feature of the offer that shares most words with it (else the next
 * in turn), then a feature put as this way of deciding likes it. Objections: what keeps such people, answered by features.
 */
export function phraseMessages({ group, decisionStyle, people }: SegmentSource, offer: Offer, index: number): Messages {
  const style = DECISION_PROFILES[decisionStyle]
  // What only takes the risk out is an answer, not an argument, as long as there are others.
  const [first, ...others] = offer.features.filter((feature) => capitalise(feature) !== offer.reassurance)
  const features: readonly [string, ...string[]] = first === undefined ? offer.features : [first, ...others]
  const featureAt = (position: number) => features[(index + position) % features.length] ?? features[0]
  const needs = [...people.pains, ...people.goals].slice(0, 2)
  const words = {
    what: offer.what,
    group,
    feature: featureAt(0),
    moment: people.habits[0] ? `when they ${people.habits[0]}` : 'the next time the need comes up',
    reassurance: offer.reassurance ?? 'Name what happens when somebody is not pleased',
  }
  return {
    arguments: [
      ...needs.map((need, position) => {
        const best = features.toSorted((one, other) => overlapOf(other, need) - overlapOf(one, need))[0]
        const feature = best && overlapOf(best, need) > 0 ? best : featureAt(position)
        const bridge = people.pains.includes(need) ? 'The answer' : 'What speaks for it'
        return `${capitalise(toSecondPerson(need))}. ${bridge}: ${feature}.`
      }),
      fillTemplate(style.argument, { ...words, feature: featureAt(needs.length) }),
    ],
    objections: style.objections.map(({ objection, answer }) => ({ objection, answer: fillTemplate(answer, words) })),
  }
}
