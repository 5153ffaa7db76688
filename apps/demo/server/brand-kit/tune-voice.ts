import type { TaskPayload } from '@brandkit/core'
import type { BrandTrait } from '@brandkit/core/brand-tasks'
import { fillTemplate, lowerFirst } from '../words.ts'
import { readDescription } from '../words/read-description.ts'
import type { Essence } from './find-essence.ts'
import { VOICE_PROFILES } from './voice-profiles.ts'

const SITUATIONS = {
  welcome: 'Somebody signs up',
  news: 'Something new is announced',
  mistake: 'Something goes wrong',
  thanks: 'Somebody has bought',
} as const
type Situation = keyof typeof SITUATIONS

export interface Voice {
  tone: string[]
  say: string[]
  avoid: string[]
  samples: { situation: string; text: string }[]
}

/**
 * The voice from the traits: all of them set the tone; the situations take turns with the traits, so that the samples of
 * "calm and playful" sound calm here and playful there, as that brand would.
 */
export function tuneVoice({ brandName, description, traits, values }: VoicePayload, { keywords }: Essence): Voice {
  const profiles = traits.map((trait: BrandTrait) => VOICE_PROFILES[trait])
  const { what } = readDescription(description, brandName)
  const words = { brand: brandName, offer: what, value: lowerFirst(values[0] ?? 'care') }
  const about = keywords.slice(0, 4)

  return {
    tone: profiles.flatMap(({ tone }) => tone),
    say: [
      ...profiles.flatMap(({ say }) => say),
      ...(about.length > 0 ? [`The words that are yours: ${about.join(', ')}`] : []),
    ],
    avoid: profiles.flatMap(({ avoid }) => avoid),
    samples: (Object.keys(SITUATIONS) as Situation[]).map((situation, index) => ({
      situation: SITUATIONS[situation],
      text: fillTemplate(profiles[index % profiles.length]?.samples[situation] ?? '', words),
    })),
  }
}

type VoicePayload = Pick<TaskPayload<'GENERATE_BRAND_KIT'>, 'brandName' | 'description' | 'traits' | 'values'>
