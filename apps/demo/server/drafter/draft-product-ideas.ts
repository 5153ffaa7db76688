import type { TaskPayload, TaskResult } from '@brandkit/core'
import type { ProductIdeaKind } from '@brandkit/core/brand-tasks'
import {
  type Candidate,
  coverageOf,
  FORMAT_SHAREABILITY,
  pickDiverse,
  type ScoredIdea,
  stemsOf,
} from '../numbers/score-ideas.ts'
import { overlapOf, quote, shorten, toKey, toStems } from '../words.ts'
import { fillDraft } from './fill-draft.ts'
import { readGroups } from './read-brief.ts'
import { countSigns, type Lens, PRODUCT_IDEAS, type ProductMechanic } from './tables.ts'

type Payload = TaskPayload<'GENERATE_IDEAS_FROM_PRODUCT'>
type Result = TaskResult<'GENERATE_IDEAS_FROM_PRODUCT'>
export type ProductDraft = Omit<Result['ideas'][number], 'score' | 'novelty' | 'relevance' | 'shareability' | 'reason'>

/** "40 hours", "3.5 kg", "12". */
const NUMBER = /\d[\d.,]*(?:[\s-]?(?!and\b|or\b|to\b)\p{L}+)?/u
const MOST_OCCASIONS = 8
/** Questions about the facts of a brief, which says what people do and not what they need. */
const NEEDS = [
  'to check: what would help here',
  'to check: what gets in the way',
  'to check: what they do about it today',
  'to check: what it is worth to them',
] as const
const LONGEST_FEATURE = 70

/** The benefit of each feature, seen through a lens of its own. A feature with a number gets a hint to show the number. */
export function draftBenefits({ features }: Payload): Result['benefits'] {
  const lenses = chooseLenses(features)
  return features.map((feature, index) => {
    const { benefit, proof } = lenses[index] ?? PRODUCT_IDEAS.lenses[0]
    const number = NUMBER.exec(feature)?.[0]
    const lines = [`${proof}.`, 'Number to show: {number}.']
    return { feature, benefit: `${benefit}.`, proof: fillDraft(lines, { number: number ? [number] : [] }) }
  })
}

/** The first free lens that a feature's words match, or else the first free one, so that no benefit is used twice. */
function chooseLenses(features: readonly string[]): Lens[] {
  const left = new Set<Lens>(PRODUCT_IDEAS.lenses)
  return features.map((feature) => {
    const free = [...left]
    const lens = free.find(({ signs }) => countSigns(signs, feature) > 0) ?? free[0] ?? PRODUCT_IDEAS.lenses[0]
    left.delete(lens)
    return lens
  })
}

/** Moments from the brief, then moments that suit the features, each once. */
export function draftOccasions({ features, audience }: Payload): Result['occasions'] {
  const facts = readGroups(audience, audience).flatMap((group) => group.facts)
  const fromBrief = facts.slice(0, MOST_OCCASIONS / 2).map((fact, index) => ({
    occasion: `In the brief: ${quote(fact)}`,
    need: NEEDS[index % NEEDS.length] ?? NEEDS[0],
    feature: closestOf(features, fact) ?? features[index % features.length] ?? '',
  }))
  const fromFeatures = chooseLenses(features).map(({ occasion, need }, index) => ({
    occasion,
    need,
    feature: features[index] ?? '',
  }))
  return [...fromBrief, ...fromFeatures].slice(0, MOST_OCCASIONS)
}

/** The feature that shares the most words with the text, if any. */
function closestOf(features: readonly string[], text: string): string | undefined {
  const [best] = features
    .map((feature) => ({ feature, overlap: overlapOf(feature, text) }))
    .toSorted((one, other) => other.overlap - one.overlap)
  return best && best.overlap > 0 ? best.feature : undefined
}

/**
 * Ideas as kind × mechanic × feature, picked by merit and difference. A repeated mechanic begins with the moment of its
 * feature, so that no two ideas begin alike.
 */
export function draftProductIdeas(payload: Payload): ProductDraft[] {
  const { kinds, features, count } = payload
  const lenses = chooseLenses(features)
  const candidates = kinds.flatMap((kind) =>
    PRODUCT_IDEAS.mechanics[kind].flatMap((mechanic) =>
      features.map((_feature, index) => toCandidate(payload, { kind, mechanic, index, lens: lenses[index] })),
    ),
  )
  const hooks = new Set<string>()
  return pickDiverse(candidates, count).map((draft) => {
    const occasion = lenses[features.indexOf(draft.feature)]?.occasion ?? draft.feature
    const hook = [draft.hook, `${occasion}.`].find((written) => !hooks.has(written)) ?? `${occasion}: ${draft.hook}`
    hooks.add(hook)
    return Object.assign(draft, { hook })
  })
}

interface CandidateOptions {
  kind: ProductIdeaKind
  mechanic: ProductMechanic
  /** The position of the feature. */
  index: number
  lens: Lens | undefined
}

function toCandidate(payload: Payload, { kind, mechanic, index, lens }: CandidateOptions): Candidate<ProductDraft> {
  const { key, format, effort, name, hook, outline } = mechanic
  const feature = payload.features[index] ?? ''
  const draft: ProductDraft = {
    ideaKey: toKey(`${kind} ${key} ${index + 1}`),
    title: `${name}: ${quote(shorten(feature, LONGEST_FEATURE))}`,
    hook,
    format,
    outline: lens ? `${outline} Proof: ${lens.proof.charAt(0).toLowerCase()}${lens.proof.slice(1)}.` : outline,
    effort,
    feature,
    kind,
  }
  const { source, shareability, relevance } = weighProductIdea(draft, payload)
  // Briefs name important features first.
  const rank = 0.1 * (index / payload.features.length)
  return { draft, source: { ...source, mechanic: key }, merit: (shareability + relevance) / 2 - rank }
}

/**
 * Shareability: 0.6 × the shareability of the mechanic + 0.4 × that of the format. Relevance: the part of the words of
 * feature, product and audience that the idea uses, most important first.
 */
export function weighProductIdea(draft: ProductDraft, { productName, audience }: Payload): ScoredIdea {
  const { ideaKey, kind, format, effort, feature, title, hook, outline } = draft
  const mechanics = PRODUCT_IDEAS.mechanics[kind]
  const own = mechanics.find((mechanic) => mechanic.format === format) ?? mechanics[title.length % mechanics.length]
  const wanted = [...toStems(`${feature} ${productName} ${audience}`)].slice(0, 12)
  return {
    ideaKey,
    source: { mechanic: title, format, effort, facets: [feature, kind], stems: stemsOf(draft) },
    shareability: 0.6 * (own?.shareability ?? 0.5) + 0.4 * FORMAT_SHAREABILITY[format],
    relevance: coverageOf(toStems(`${title} ${hook} ${outline} ${feature}`), wanted),
    because: `${shorten(title.split(':')[0] ?? title, LONGEST_FEATURE)}, from ${quote(shorten(feature, LONGEST_FEATURE))}`,
  }
}
