import { type IdeaSource, likenessOf } from './idea-source.ts'

export interface IdeaScore {
  ideaKey: string
  /** 0 to 100. */
  score: number
  novelty: number
  relevance: number
  shareability: number
  reason: string
}

interface ScoredIdea {
  ideaKey: string
  source: IdeaSource
  /** 0 to 1 each, by the kind of idea. */
  shareability: number
  /** How much of what was asked for the idea takes up. */
  relevance: number
  /** Named in the reason. */
  because: string
}

const WEIGHTS = { shareability: 0.4, relevance: 0.35, novelty: 0.25 } as const

/**
 * Score = 100 × (0.4 × shareability + 0.35 × relevance + 0.25 × novelty). Novelty is 1 − the likeness to the most alike of the
 * other ideas in the set. Best first; equal ones by key.
 */
export function scoreIdeas(ideas: readonly ScoredIdea[]): IdeaScore[] {
  return ideas
    .map(({ ideaKey, source, because, ...idea }) => {
      const likeness = ideas
        .filter((other) => other.ideaKey !== ideaKey)
        .map((other) => likenessOf(source, other.source))
      const parts = {
        novelty: toShare(1 - Math.max(0, ...likeness)),
        relevance: toShare(idea.relevance),
        shareability: toShare(idea.shareability),
      }
      const score = Math.round(
        100 *
          (WEIGHTS.shareability * parts.shareability +
            WEIGHTS.relevance * parts.relevance +
            WEIGHTS.novelty * parts.novelty),
      )
      return { ideaKey, score, ...parts, reason: reasonOf(parts, because) }
    })
    .toSorted((one, other) => other.score - one.score || (one.ideaKey < other.ideaKey ? -1 : 1))
}

const STRENGTHS = {
  novelty: 'unlike the others of this set',
  relevance: 'close to what was asked for',
  shareability: 'made to be passed on',
} as const
const WEAKNESSES = {
  novelty: 'another idea here is much like it',
  relevance: 'takes a step away from the brief',
  shareability: 'rather to be looked at than passed on',
} as const
type Part = keyof typeof STRENGTHS

function reasonOf(parts: Record<Part, number>, because: string): string {
  const [best = 'relevance', , worst = 'novelty'] = (Object.keys(parts) as Part[]).toSorted(
    (one, other) => parts[other] - parts[one],
  )
  const weakness = parts[worst] < 0.5 ? `, but ${WEAKNESSES[worst]}` : ''
  return `${because}; ${STRENGTHS[best]}${weakness}.`
}

function toShare(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
}
