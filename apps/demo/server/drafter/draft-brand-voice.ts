import type { TaskPayload, TaskResult } from '@brandkit/core'
import { capitalise, quote, readKeywords } from '../words.ts'
import { fillDraft } from './fill-draft.ts'
import { VOICES } from './tables.ts'

type Payload = TaskPayload<'GENERATE_BRAND_KIT'>
type Kit = TaskResult<'GENERATE_BRAND_KIT'>

const MOST_KEYWORDS = 10

/**
 * The essence of the brand, in its own words. The promise is its values. The positioning lists phrases of the brief in the
 * order of Geoffrey Moore's statement ("Crossing the Chasm", 1991). Keywords are the meaningful words of the brief.
 */
export function draftEssence({ brandName, industry, description, values: written }: Payload): Kit['essence'] {
  const values = uniqueValues(written)
  const nameWords = new Set(readKeywords(brandName))
  const [said = description] = description.split(/[.!?](?:\s|$)/)
  return {
    promise: values.map((value) => `${capitalise(value)}.`).join(' '),
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

/** Each value once, whatever its case and its full stop. */
function uniqueValues(values: readonly string[]): string[] {
  const bare = values.map((value) => value.replace(/[.!?\s]+$/, ''))
  const small = bare.map((value) => value.toLowerCase())
  return bare.filter((_value, index) => small.indexOf(small[index] ?? '') === index)
}

const SITUATIONS = {
  welcome: 'Somebody signs up',
  news: 'Something new is announced',
  mistake: 'Something goes wrong',
  thanks: 'Somebody has bought',
} as const
type Situation = keyof typeof SITUATIONS

/**
 * The voice from the traits. All traits set the tone, and each situation uses the next trait in turn: a "calm and playful"
 * brand gets calm and playful samples.
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
