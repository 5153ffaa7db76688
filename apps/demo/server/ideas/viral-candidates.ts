import { FatalTaskError, type TaskPayload } from '@brandkit/core'
import type { IdeaEffort, IdeaFormat, SocialChannel, ViralEmotion } from '@brandkit/core/brand-tasks'
import { fillTemplate, lowerFirst, toStems } from '../words.ts'
import { coverageOf } from './coverage-of.ts'
import { arousalOf } from './emotions.ts'
import { fitFormat, FORMAT_SHAREABILITY } from './format-fit.ts'
import { type IdeaSource, stemsOf } from './idea-source.ts'
import { ideaWords } from './idea-words.ts'
import { MECHANICS } from './mechanics.ts'

export interface ViralDraft {
  ideaKey: string
  title: string
  hook: string
  format: IdeaFormat
  outline: string
  effort: IdeaEffort
  channel: SocialChannel
  emotion: ViralEmotion
}

export interface ViralCandidate {
  draft: ViralDraft
  source: IdeaSource
  /** The mean of shareability and relevance: what an idea is worth by itself. */
  merit: number
}

type Payload = TaskPayload<'GENERATE_VIRAL_IDEAS'>

/** What a mechanic is about, told a first and a second time. */
const SUBJECTS = ['{topic}', '{topic} among {group}'] as const
const SECOND_TELLING = 0.05

/**
 * Every mechanic × subject × channel, with the feeling that suits it best among those wanted, without what touches a subject to be
 * avoided.
 *
 * @throws FatalTaskError when nothing is left
 */
export function listViralCandidates(payload: Payload, emotions: readonly ViralEmotion[]): ViralCandidate[] {
  const words = ideaWords(payload)
  const avoided = (payload.avoid ?? []).map(toWordPattern)
  const all = MECHANICS.flatMap((mechanic) =>
    SUBJECTS.flatMap((subject, telling) => {
      const filled = { ...words, topic: lowerFirst(fillTemplate(subject, words)) }
      const title = fillTemplate(mechanic.title, filled)
      const hook = fillTemplate(mechanic.hook, filled)
      const outline = fillTemplate(mechanic.outline, words)
      if (avoided.some((pattern) => pattern.test(`${title} ${hook} ${outline}`))) return []

      const emotion =
        mechanic.emotions.find((wanted) => emotions.includes(wanted)) ?? emotions[0] ?? mechanic.emotions[0]
      return payload.channels.map((channel) => {
        const { format, effort } = mechanic
        const draft = {
          ideaKey: `${mechanic.key}-${channel}${telling === 0 ? '' : '-again'}`,
          title,
          hook,
          format,
          outline,
          effort,
          channel,
          emotion,
        }
        const source = { mechanic: mechanic.key, format, effort, facets: [emotion, channel], stems: stemsOf(draft) }
        const suits = mechanic.emotions.includes(emotion) ? 0 : 0.2
        return {
          draft,
          source,
          merit: (shareabilityOf(draft) + relevanceOf(draft, source, payload)) / 2 - suits - telling * SECOND_TELLING,
        }
      })
    }),
  )
  if (all.length > 0) return all
  throw new FatalTaskError(
    `Every idea about "${payload.topic}" touches what is to be avoided (${(payload.avoid ?? []).join(', ')}). Remove a word from that list, or choose another topic.`,
  )
}

/** 0.5 × how much the feeling arouses + 0.3 × how readily the format is passed on + 0.2 × how well the channel takes it. */
export function shareabilityOf({
  emotion,
  format,
  channel,
}: Pick<ViralDraft, 'emotion' | 'format' | 'channel'>): number {
  return 0.5 * arousalOf(emotion) + 0.3 * FORMAT_SHAREABILITY[format] + 0.2 * fitFormat(channel, format)
}

/** 0.7 × how much of topic and audience the idea takes up + 0.3 × how well the channel takes the format. */
export function relevanceOf(
  { channel, format }: Pick<ViralDraft, 'channel' | 'format'>,
  { stems }: Pick<IdeaSource, 'stems'>,
  { topic, audience }: Pick<Payload, 'topic' | 'audience'>,
): number {
  const wanted = [...toStems(`${topic} ${audience}`)].slice(0, 10)
  return 0.7 * coverageOf(stems, wanted) + 0.3 * fitFormat(channel, format)
}

/** Whole words only: whoever avoids "war" need not miss "warm". */
function toWordPattern(phrase: string): RegExp {
  const literal = phrase.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, 'iu')
}
