import { FatalTaskError, type TaskPayload, type TaskResult } from '@brandkit/core'
import { type SocialChannel, VIRAL_EMOTIONS, type ViralEmotion } from '@brandkit/core/brand-tasks'
import {
  type Candidate,
  coverageOf,
  fitFormat,
  FORMAT_SHAREABILITY,
  pickDiverse,
  type ScoredIdea,
  stemsOf,
} from '../numbers/score-ideas.ts'
import { quote, shorten, toStems } from '../words.ts'
import { fillDraft } from './fill-draft.ts'
import { readGroups } from './read-brief.ts'
import { countSigns, type Mechanic, VIRAL_IDEAS } from './tables.ts'

type Payload = TaskPayload<'GENERATE_VIRAL_IDEAS'>
type Result = TaskResult<'GENERATE_VIRAL_IDEAS'>
export type ViralDraft = Omit<Result['ideas'][number], 'score' | 'novelty' | 'relevance' | 'shareability' | 'reason'>

const HIGHEST_LIFT = 0.34
const CHOSEN_EMOTIONS = 3
const SIGN_BONUS = 0.15
/** A longer topic is cut, because it serves as a label in a title. */
const LONGEST_TOPIC = 80
/** The two tellers of a mechanic: the brand, and the people of the brief. */
const TITLES = ['{=name}: {=topic}', '{=name}: {=topic}, with {group}'] as const
const ENDS = ['', ' They tell it, and not the brand.'] as const
const HOOKS = ['', 'In their own words: '] as const
const REASONS = ['', ', told by those who know it'] as const
const SECOND_TELLING = 0.3

/** The chosen feelings, or else the three that suit the brief best: their lift, plus 0.15 for each sign in the text. */
export function chooseEmotions({ topic, audience, emotions }: Payload): readonly ViralEmotion[] {
  const weightOf = (emotion: ViralEmotion) => {
    const { lift, signs } = VIRAL_IDEAS.emotions[emotion]
    return lift + SIGN_BONUS * countSigns(signs, `${topic} ${audience}`)
  }
  return emotions ?? VIRAL_EMOTIONS.toSorted((one, other) => weightOf(other) - weightOf(one)).slice(0, CHOSEN_EMOTIONS)
}

export function draftEmotionAngle(emotion: ViralEmotion, { topic }: Payload): Result['angles'][number] {
  return { emotion, angle: `${shorten(topic, LONGEST_TOPIC)}: ${VIRAL_IDEAS.emotions[emotion].angle}` }
}

/**
 * Ideas as mechanic × telling × channel, each with the best of the wanted feelings, picked by merit and difference. Ideas
 * that touch a subject to avoid are dropped.
 *
 * @throws FatalTaskError when no idea is left
 */
export function draftViralIdeas(payload: Payload, emotions: readonly ViralEmotion[]): ViralDraft[] {
  const avoided = (payload.avoid ?? []).map(toWordPattern)
  const candidates = VIRAL_IDEAS.mechanics
    .flatMap((mechanic) =>
      TITLES.flatMap((_title, telling) =>
        payload.channels.map((channel) => toCandidate(payload, { mechanic, telling, channel, emotions })),
      ),
    )
    .filter(({ draft: { title, hook, outline } }) => {
      return !avoided.some((pattern) => pattern.test(`${title} ${hook} ${outline}`))
    })
  if (candidates.length > 0) return pickDiverse(candidates, payload.count)
  throw new FatalTaskError(
    `Every idea about "${payload.topic}" touches what is to be avoided (${(payload.avoid ?? []).join(', ')}). Remove a word from that list, or choose another topic.`,
  )
}

interface CandidateOptions {
  mechanic: Mechanic
  /** Position in `TITLES`. */
  telling: number
  channel: SocialChannel
  emotions: readonly ViralEmotion[]
}

function toCandidate(payload: Payload, options: CandidateOptions): Candidate<ViralDraft> {
  const { mechanic, telling, channel, emotions } = options
  const { key, format, effort, name, hook, outline } = mechanic
  const emotion = mechanic.emotions.find((wanted) => emotions.includes(wanted)) ?? emotions[0] ?? mechanic.emotions[0]
  const groups = readGroups(payload.audience, payload.audience).map((group) => group.name)
  const title = fillDraft([TITLES[telling] ?? TITLES[0]], {
    name: [name],
    topic: [shorten(payload.topic, LONGEST_TOPIC)],
    group: groups,
  })
  const draft: ViralDraft = {
    ideaKey: keyOf({ key, channel, telling }),
    title,
    hook: `${HOOKS[telling] ?? ''}${hook}`,
    format,
    outline: `${outline}${ENDS[telling] ?? ''}`,
    effort,
    channel,
    emotion,
  }
  const { source, shareability, relevance } = weighViralIdea(draft, payload)
  const misfit = mechanic.emotions.includes(emotion) ? 0 : 0.2
  return {
    draft,
    source: { ...source, mechanic: key },
    merit: (shareability + relevance) / 2 - misfit - telling * SECOND_TELLING,
  }
}

/**
 * Shareability: 0.5 × the arousal of the feeling + 0.3 × the shareability of the format + 0.2 × the channel's fit.
 * Relevance: 0.7 × the part of topic and audience that the idea uses + 0.3 × the format's fit to the channel.
 */
export function weighViralIdea(draft: ViralDraft, { topic, audience }: Payload): ScoredIdea {
  const { ideaKey, title, format, effort, emotion, channel } = draft
  const stems = stemsOf(draft)
  const wanted = [...toStems(`${topic} ${audience}`)].slice(0, 10)
  const fit = fitFormat(channel, format)
  const arousal = VIRAL_IDEAS.emotions[emotion].lift / HIGHEST_LIFT
  return {
    ideaKey,
    source: { mechanic: title, format, effort, facets: [emotion, channel], stems },
    shareability: 0.5 * arousal + 0.3 * FORMAT_SHAREABILITY[format] + 0.2 * fit,
    relevance: 0.7 * coverageOf(stems, wanted) + 0.3 * fit,
    because: becauseOf(draft),
  }
}

/** The reason of the idea's mechanic, which no other idea has. Ideas of a model are known by their titles. */
function becauseOf({ ideaKey, title, emotion, channel }: ViralDraft): string {
  const reasons = VIRAL_IDEAS.mechanics.flatMap(({ key, why }) =>
    REASONS.map((reason, telling) => ({
      isMeant: keyOf({ key, channel, telling }) === ideaKey,
      text: `For ${emotion}, because ${why}${reason}`,
    })),
  )
  return reasons.find(({ isMeant }) => isMeant)?.text ?? `For ${emotion}, with ${quote(shorten(title, LONGEST_TOPIC))}`
}

function keyOf({ key, channel, telling }: { key: string; channel: SocialChannel; telling: number }): string {
  return `${key}-${channel}${telling === 0 ? '' : '-again'}`
}

/** Matches whole words only: avoiding "war" must not exclude "warm". */
function toWordPattern(phrase: string): RegExp {
  const literal = phrase.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, 'iu')
}
