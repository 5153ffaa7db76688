import { capitalise, readKeywords } from '../words.ts'

const LONGEST = 30

/** Hashtags from a topic and an audience: the topic as one, its words, then words of the audience. No two alike. */
export function makeHashtags({ topic, audience, max }: { topic: string; audience: string; max: number }): string[] {
  const words = readKeywords(topic, { max: 6 })
  const whole = words.map((word) => capitalise(word.replaceAll('-', ''))).join('')
  const tags = [whole, ...words, ...readKeywords(audience, { max: 8 })]
    .map((word) => word.replaceAll('-', ''))
    .filter((word) => word.length > 2 && word.length <= LONGEST)
    .map((word) => `#${word}`)
  const seen = new Set<string>()
  return tags
    .filter((tag) => {
      const isNew = !seen.has(tag.toLowerCase())
      seen.add(tag.toLowerCase())
      return isNew
    })
    .slice(0, max)
}
