import type { VIRAL_EMOTIONS, ViralEmotion } from '@brandkit/core/brand-tasks'

export interface EmotionProfile {
  /** How much likelier people pass something on that has one standard deviation more of it. */
  lift: number
  /** A point of view that wakes it: {topic}, {group}, {trouble}, {wish}. */
  angle: string
  /** Words of topic or audience that speak for it. */
  signs: RegExp
}

/**
 * Lifts of anger, awe, anxiety and surprise after Berger and Milkman, "What Makes Online Content Viral?" (2012), figure 2. They
 * measured no amusement, pride and nostalgia by themselves; those are our guesses between surprise and awe, by how much they
 * arouse. It is arousal that makes people share, more than whether a feeling is pleasant.
 */
export const EMOTIONS: Readonly<Record<ViralEmotion, EmotionProfile>> = {
  awe: {
    lift: 0.3,
    angle: 'How much lies behind {topic}, once one looks closely',
    signs: /\b(nature|sky|night|space|craft\w*|hand\w*|ocean|mountain\w*|forest\w*|science|art|star\w*|light)\b/i,
  },
  amusement: {
    lift: 0.24,
    angle: 'What everybody does about {topic} and nobody admits',
    signs: /\b(office|family|families|dogs?|cats?|kids|coffee|dating|parents?|morning|students?|mondays?)\b/i,
  },
  surprise: {
    lift: 0.14,
    angle: 'What {topic} is not, although everybody thinks so',
    signs: /\b(myth\w*|new|secret\w*|hidden|test\w*|compar\w*|tech\w*|unusual|trick\w*)\b/i,
  },
  anger: {
    lift: 0.34,
    angle: 'What should not be normal about {topic} any longer',
    signs: /\b(annoy\w*|waste\w*|unfair|fees?|price\w*|stale|plastic|harsh|hate\w*|problem\w*|scam\w*|queue\w*)\b/i,
  },
  anxiety: {
    lift: 0.21,
    angle: 'What goes wrong with {topic} while nobody looks, and how to be safe',
    signs: /\b(safe\w*|secur\w*|health\w*|sleep\w*|money|insur\w*|data|debt\w*|baby|babies|risk\w*|worr\w*)\b/i,
  },
  pride: {
    lift: 0.2,
    angle: 'What {group} have got right about {topic}',
    signs: /\b(local|communit\w*|made|home|team\w*|craft\w*|work\w*|city|own|sport\w*|first|small)\b/i,
  },
  nostalgia: {
    lift: 0.16,
    angle: 'How {topic} used to be, and what was better about it',
    signs: /\b(childhood|tradition\w*|vintage|retro|grandp\w*|old\w*|classic\w*|summer\w*|records?|school|camp\w*)\b/i,
  },
} satisfies Record<(typeof VIRAL_EMOTIONS)[number], EmotionProfile>

const HIGHEST_LIFT = 0.34
const CHOSEN = 3
const SIGN_BONUS = 0.15

/** How much it makes people share, 0 to 1. */
export function arousalOf(emotion: ViralEmotion): number {
  return EMOTIONS[emotion].lift / HIGHEST_LIFT
}

/** The three feelings that suit a text best: their lift, plus 0.15 for each sign in the text. */
export function chooseEmotions(text: string): ViralEmotion[] {
  const weightOf = (emotion: ViralEmotion) => {
    const signs = text.match(new RegExp(EMOTIONS[emotion].signs, 'gi')) ?? []
    return EMOTIONS[emotion].lift + SIGN_BONUS * signs.length
  }
  const emotions = Object.keys(EMOTIONS) as ViralEmotion[]
  return emotions.toSorted((one, other) => weightOf(other) - weightOf(one)).slice(0, CHOSEN)
}
