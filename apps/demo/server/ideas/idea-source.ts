import type { IdeaEffort, IdeaFormat } from '@brandkit/core/brand-tasks'
import { overlapOfStems, toStems } from '../words.ts'

/** An idea as it is weighed against others, before and after it was drafted. */
export interface IdeaSource {
  /** How the post is built; two of the same are much alike. */
  mechanic: string
  format: IdeaFormat
  effort: IdeaEffort
  /** What else tells it apart: feeling and channel, or feature and kind. */
  facets: readonly string[]
  stems: ReadonlySet<string>
}

const MECHANIC_WEIGHT = 0.35
const FACET_WEIGHT = 0.4
const FORMAT_WEIGHT = 0.1
const WORD_WEIGHT = 0.15

/** 0 to 1: 0.35 for the same mechanic, 0.4 × the share of equal facets, 0.1 for the format, 0.15 × the words they share. */
export function likenessOf(one: IdeaSource, other: IdeaSource): number {
  const equal = one.facets.filter((facet, index) => facet === other.facets[index]).length
  return (
    (one.mechanic === other.mechanic ? MECHANIC_WEIGHT : 0) +
    FACET_WEIGHT * (one.facets.length === 0 ? 0 : equal / one.facets.length) +
    (one.format === other.format ? FORMAT_WEIGHT : 0) +
    WORD_WEIGHT * overlapOfStems(one.stems, other.stems)
  )
}

export function stemsOf({ title, hook, outline }: { title: string; hook: string; outline: string }): Set<string> {
  return toStems(`${title} ${hook} ${outline}`)
}
