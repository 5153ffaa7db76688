import type { IdeaEffort, IdeaFormat, SocialChannel } from '@brandkit/core/brand-tasks'
import { overlapOfStems, say, toStems } from '../words.ts'
import { mean } from './split-by-weight.ts'

/** The features of an idea that comparisons use, before and after drafting. */
interface IdeaSource {
  /** The structure of the post; ideas with the same mechanic are very alike. */
  mechanic: string
  format: IdeaFormat
  effort: IdeaEffort
  /** Further distinctions: feeling and channel, or feature and kind. */
  facets: readonly string[]
  stems: ReadonlySet<string>
}

export function stemsOf({ title, hook, outline }: { title: string; hook: string; outline: string }): Set<string> {
  return toStems(`${title} ${hook} ${outline}`)
}

const MECHANIC_WEIGHT = 0.35
const FACET_WEIGHT = 0.4
const FORMAT_WEIGHT = 0.1
const WORD_WEIGHT = 0.15

/** 0 to 1: 0.35 for the same mechanic, 0.4 × the share of equal facets, 0.1 for the format, 0.15 × the words they share. */
function likenessOf(one: IdeaSource, other: IdeaSource): number {
  const equal = one.facets.filter((facet, index) => facet === other.facets[index]).length
  return (
    (one.mechanic === other.mechanic ? MECHANIC_WEIGHT : 0) +
    FACET_WEIGHT * (one.facets.length === 0 ? 0 : equal / one.facets.length) +
    (one.format === other.format ? FORMAT_WEIGHT : 0) +
    WORD_WEIGHT * overlapOfStems(one.stems, other.stems)
  )
}

/** The part of the wanted words that a text uses, 0 to 1; words at the front weigh more (1, 1/2, 1/3 …). */
export function coverageOf(stems: ReadonlySet<string>, wanted: readonly string[]): number {
  let taken = 0
  let all = 0
  wanted.forEach((stem, index) => {
    all += 1 / (index + 1)
    if (stems.has(stem)) taken += 1 / (index + 1)
  })
  return all === 0 ? 1 : taken / all
}

/** The likelihood that people pass a format on, 0 to 1. An assumption of this demo. */
export const FORMAT_SHAREABILITY: Readonly<Record<IdeaFormat, number>> = {
  'short-video': 0.9,
  carousel: 0.65,
  story: 0.35,
  'live-stream': 0.3,
  poll: 0.45,
  challenge: 0.8,
  article: 0.5,
  meme: 0.95,
}

/** Formats that suit a channel; any other counts half. */
const NATIVE: Readonly<Record<SocialChannel, readonly IdeaFormat[]>> = {
  instagram: ['short-video', 'carousel', 'story', 'meme', 'challenge', 'poll'],
  facebook: ['carousel', 'live-stream', 'poll', 'meme', 'story', 'article'],
  linkedin: ['article', 'carousel', 'poll'],
  x: ['meme', 'poll', 'article'],
  tiktok: ['short-video', 'challenge', 'live-stream'],
  youtube: ['short-video', 'live-stream', 'challenge'],
  pinterest: ['carousel', 'article'],
  threads: ['poll', 'meme', 'article', 'story'],
}

/** 1 if the format suits the channel, else 0.5. */
export function fitFormat(channel: SocialChannel, format: IdeaFormat): number {
  return NATIVE[channel].includes(format) ? 1 : 0.5
}

export interface Candidate<Draft> {
  draft: Draft
  source: IdeaSource
  /** The value of the idea by itself, 0 to 1. */
  merit: number
}

/** The weight of merit against difference from ideas picked earlier. */
const MERIT_WEIGHT = 0.55

/**
 * Picks good candidates that are unlike each other, by maximal marginal relevance (Carbonell and Goldstein, 1998). The
 * next pick is always the one with the highest `0.55 × merit − 0.45 × likeness to the most similar pick so far`. No title
 * is picked twice.
 */
export function pickDiverse<Draft extends { title: string }>(
  candidates: readonly Candidate<Draft>[],
  count: number,
): Draft[] {
  const picked: Draft[] = []
  let left = candidates.map((candidate) => ({ candidate, likeness: 0 }))
  const valueOf = ({ candidate, likeness }: (typeof left)[number]) =>
    MERIT_WEIGHT * candidate.merit - (1 - MERIT_WEIGHT) * likeness
  while (picked.length < count) {
    const [first, ...others] = left
    if (!first) break
    const { candidate } = others.reduce((best, entry) => (valueOf(entry) > valueOf(best) ? entry : best), first)
    picked.push(candidate.draft)
    left = left
      .filter((entry) => entry.candidate.draft.title !== candidate.draft.title)
      .map((entry) => ({
        candidate: entry.candidate,
        likeness: Math.max(entry.likeness, likenessOf(entry.candidate.source, candidate.source)),
      }))
  }
  return picked
}

interface IdeaScore {
  ideaKey: string
  /** 0 to 100. */
  score: number
  novelty: number
  relevance: number
  shareability: number
  reason: string
}

export interface ScoredIdea {
  ideaKey: string
  source: IdeaSource
  /** 0 to 1 each, by the kind of idea. */
  shareability: number
  /** The part of the request that the idea uses. */
  relevance: number
  /** Why people pass it on. */
  because?: string
}

const WEIGHTS = { shareability: 0.4, relevance: 0.35, novelty: 0.25 } as const

/**
 * Score = 100 × (0.4 × shareability + 0.35 × relevance + 0.25 × novelty). Novelty is 1 − the likeness to the most similar
 * other idea in the set. Best first; ideas of equal score by key.
 */
export function scoreIdeas(ideas: readonly ScoredIdea[]): IdeaScore[] {
  const scored = ideas.map(({ ideaKey, source, because, ...idea }) => {
    const likeness = ideas.filter((other) => other.ideaKey !== ideaKey).map((other) => likenessOf(source, other.source))
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
    return { ideaKey, score, parts, because }
  })
  const usual = (part: Part) => mean(scored.map(({ parts }) => parts[part]))
  const set = { novelty: usual('novelty'), relevance: usual('relevance'), shareability: usual('shareability') }
  return scored
    .map(({ ideaKey, score, parts, because }) =>
      Object.assign({ ideaKey, score, reason: reasonOf(parts, { because, set }) }, parts),
    )
    .toSorted((one, other) => other.score - one.score || (one.ideaKey < other.ideaKey ? -1 : 1))
}

const STRENGTHS = {
  novelty: 'Unlike the other ideas of this set.',
  relevance: 'Close to the brief.',
  shareability: 'Easy to pass on.',
} as const
const WEAKNESSES = {
  novelty: 'Another idea of this set is similar.',
  relevance: 'Some way from the brief.',
  shareability: 'Not made to be passed on.',
} as const
type Part = keyof typeof WEAKNESSES

interface ReasonOptions {
  because: string | undefined
  /** The means of the set. */
  set: Record<Part, number>
}

/** Why the idea works, or else what sets it apart most from its set; and its weakest part if that is below the middle. */
function reasonOf(parts: Record<Part, number>, { because, set }: ReasonOptions): string {
  const names = Object.keys(parts) as Part[]
  const [worst = 'novelty'] = names.toSorted((one, other) => parts[one] - parts[other])
  const [best = 'relevance'] = names.toSorted((one, other) => parts[other] - set[other] - (parts[one] - set[one]))
  return say(because ? `${because}.` : STRENGTHS[best], parts[worst] < 0.5 ? WEAKNESSES[worst] : '')
}

function toShare(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
}
