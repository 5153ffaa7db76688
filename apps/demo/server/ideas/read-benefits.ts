import type { TaskPayload } from '@brandkit/core'
import { capitalise, fillTemplate, lowerFirst, overlapOf } from '../words.ts'
import { readPeople } from '../words/read-people.ts'
import { classOf } from './benefit-classes.ts'

export interface Benefit {
  feature: string
  benefit: string
  proof: string
}

export interface Occasion {
  occasion: string
  need: string
  feature: string
}

type Payload = Pick<TaskPayload<'GENERATE_IDEAS_FROM_PRODUCT'>, 'features' | 'audience'>

/** "40 hours", "3.5 kg", "12". */
const NUMBER = /\d[\d.,]*(?:[\s-]?(?!and\b|or\b|to\b)\p{L}+)?/u

/** One feature: what it does for whom, and what would make people believe it, with the feature's own number where it has one. */
export function readBenefit(feature: string, { audience }: Pick<Payload, 'audience'>): Benefit {
  const [group] = readPeople(audience, 'people').groups
  const { benefit, proof } = classOf(feature)
  const number = NUMBER.exec(feature)?.[0]
  return {
    feature,
    benefit: `${capitalise(group)} ${benefit}.`,
    proof: `${number ? fillTemplate(proof.withNumber, { number }) : proof.plain}.`,
  }
}

const MOST_OCCASIONS = 8

/** Moments that the features are made for, each once, after those that the audience's own habits and troubles give. */
export function findOccasions({ features, audience }: Payload): Occasion[] {
  const people = readPeople(audience, 'people')
  const [group] = people.groups
  const own = [
    ...people.pains.map((pain) => ({ occasion: `When ${group} ${pain}`, about: pain, need: 'to be rid of it, now' })),
    ...people.habits.map((habit) => ({ occasion: `When ${group} ${habit}`, about: habit, need: undefined })),
  ].map(({ occasion, about, need }, index) => {
    const feature = closestOf(features, about) ?? features[index % features.length] ?? ''
    return { occasion, need: need ?? classOf(feature).need, feature }
  })
  const fromFeatures = features.map((feature) => {
    const { occasion, need } = classOf(feature)
    return { occasion, need, feature }
  })
  const seen = new Set<string>()
  return [...own, ...fromFeatures]
    .filter(({ occasion }) => {
      const isNew = !seen.has(occasion)
      seen.add(occasion)
      return isNew
    })
    .slice(0, MOST_OCCASIONS)
}

/** The feature that shares most words with the text, if any does. */
function closestOf(features: readonly string[], text: string): string | undefined {
  const [best] = features
    .map((feature) => ({ feature, overlap: overlapOf(feature, text) }))
    .toSorted((one, other) => other.overlap - one.overlap)
  return best && best.overlap > 0 ? best.feature : undefined
}

/** For the middle of a sentence. */
export function asPhrase(feature: string): string {
  return lowerFirst(feature.replace(/[.!?]+$/, ''))
}
