import type { TaskPayload } from '@brandkit/core'
import type { BrandTrait } from '@brandkit/core/brand-tasks'
import { capitalise, listWords, lowerFirst, readKeywords } from '../words.ts'
import { readDescription } from '../words/read-description.ts'
import { VOICE_PROFILES } from './voice-profiles.ts'

type Payload = TaskPayload<'GENERATE_BRAND_KIT'>

/** What the brand promises, by which words it is known, and where it stands. */
export interface Essence {
  promise: string
  keywords: string[]
  positioning: string
}

/**
 * The positioning follows the statement of Geoffrey Moore ("Crossing the Chasm", 1991): for whom, what it is, what it does
 * and why to believe it. Keywords are the words of description, values and industry that carry meaning.
 */
export function findEssence({ brandName, industry, description, values, traits }: Payload): Essence {
  const { does, whom } = readDescription(description, brandName)
  const stood = listWords(values.map((value, index) => (index === 0 ? value : lowerFirst(value))))
  const trait: BrandTrait = traits[0] ?? 'friendly'
  const nameWords = new Set(readKeywords(brandName))
  return {
    promise: `${capitalise(stood)} ${VOICE_PROFILES[trait].promise}${whom ? `, for ${whom}` : ''}.`,
    keywords: readKeywords(`${description} ${values.join(' ')} ${industry}`, { max: 16 })
      .filter((word) => !nameWords.has(word))
      .slice(0, 10),
    positioning:
      `For ${whom ?? `people who look for ${lowerFirst(values[0] ?? 'more')} in ${lowerFirst(industry)}`}, ` +
      `${brandName} is the ${lowerFirst(industry)} brand that ${does}. ` +
      `What sets it apart is ${lowerFirst(stood)}.`,
  }
}
