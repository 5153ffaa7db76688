import type { TaskPayload, TaskResult } from '@brandkit/core'
import { capitalise, quote, readKeywords } from '../words.ts'
import { fillDraft } from './fill-draft.ts'
import { VOICES } from './tables.ts'

type Payload = TaskPayload<'GENERATE_BRAND_KIT'>
type Kit = TaskResult<'GENERATE_BRAND_KIT'>

const MOST_KEYWORDS = 10

/**
 * What the brand stands for, in its own words: the promise is its values, the positioning a list of what the brief says, in the
 * order of Geoffrey Moore's statement ("Crossing the Chasm", 1991). Keywords are the words of the brief that carry meaning.
 */
export function draftEssence({ brandName, industry, description, values }: Payload): Kit['essence'] {
  const nameWords = new Set(readKeywords(brandName))
  const [said = description] = description.split(/[.!?](?:\s|$)/)
  return {
    promise: values.map((value) => `${capitalise(value.replace(/[.!?]+$/, ''))}.`).join(' '),
    keywords: readKeywords(`${description} ${values.join(' ')} ${industry}`, { max: MOST_KEYWORDS * 2 })
      .filter((word) => !nameWords.has(word))
      .slice(0, MOST_KEYWORDS),
    positioning: fillDraft(
      [
        'Brand: {=brand}.',
        'Industry: {=industry}.',
        'In its own words: {said}.',
        `Stands for: ${values.map(quote).join(', ')}.`,
      ],
      {
        brand: [brandName],
        industry: [industry],
        said: [said.trim()],
      },
    ),
  }
}

const SITUATIONS = {
  welcome: 'Somebody signs up',
  news: 'Something new is announced',
  mistake: 'Something goes wrong',
  thanks: 'Somebody has bought',
} as const
type Situation = keyof typeof SITUATIONS

/**
 * The voice from the traits: all of them set the tone; the situations take turns with the traits, so that the samples of
 * "calm and playful" sound calm here and playful there, as that brand would.
 */
export function draftVoice({ brandName, traits }: Payload, { keywords }: Kit['essence']): Kit['voice'] {
  const profiles = traits.map((trait) => VOICES[trait])
  const words = keywords.slice(0, 4)
  return {
    tone: profiles.flatMap(({ tone }) => tone),
    say: [
      ...profiles.flatMap(({ say }) => say),
      ...(words.length > 0 ? [`Words of your own: ${words.join(', ')}`] : []),
    ],
    avoid: profiles.flatMap(({ avoid }) => avoid),
    samples: (Object.keys(SITUATIONS) as Situation[]).map((situation, index) => ({
      situation: SITUATIONS[situation],
      text: fillDraft([profiles[index % profiles.length]?.samples[situation] ?? ''], { brand: [brandName] }),
    })),
  }
}
