import { type IdeaSource, likenessOf } from './idea-source.ts'

/** What merit counts against being unlike the ones picked before. */
const MERIT_WEIGHT = 0.55

/**
 * The best of the candidates that are unlike one another, by maximal marginal relevance (Carbonell and Goldstein, 1998): the next
 * is always the one with the highest `0.55 × merit − 0.45 × likeness to the most alike of those that are picked`.
 */
export function pickDiverse<Candidate extends { source: IdeaSource; merit: number }>(
  candidates: readonly Candidate[],
  count: number,
): Candidate[] {
  const picked: Candidate[] = []
  const left = candidates.map((candidate) => ({ candidate, likeness: 0 }))
  while (picked.length < count && left.length > 0) {
    let best = 0
    left.forEach((entry, index) => {
      if (valueOf(entry) > valueOf(left[best] ?? entry)) best = index
    })
    const [next] = left.splice(best, 1)
    if (!next) break
    picked.push(next.candidate)
    for (const entry of left) {
      entry.likeness = Math.max(entry.likeness, likenessOf(entry.candidate.source, next.candidate.source))
    }
  }
  return picked
}

function valueOf({ candidate, likeness }: { candidate: { merit: number }; likeness: number }): number {
  return MERIT_WEIGHT * candidate.merit - (1 - MERIT_WEIGHT) * likeness
}
