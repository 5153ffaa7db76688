import type { FeedItem } from '../feeds/feed-item.ts'
import { toStems } from '../words/overlap-of.ts'

export interface TopicOptions {
  topic: string
  keywords?: readonly string[] | undefined
}

/** Words of a topic that would match anything. */
const VAGUE = toStems(
  'best better big brand brands business daily day everyday free fresh good great home idea ideas life local modern news product products small things tips trend trends week world',
)

/**
 * Which items have to do with a topic. With keywords: those that mention one of them, all of its words. Without: those that mention a
 * word of the topic that is not vague. The beginnings of words are compared, in titles and tags.
 */
export function matchTopic({
  topic,
  keywords,
}: TopicOptions): (item: Pick<FeedItem, 'title'> & { tags?: readonly string[] }) => boolean {
  const phrases = (keywords ?? []).map((keyword) => Array.from(toStems(keyword))).filter((stems) => stems.length > 0)
  const all = [...toStems(topic)]
  const telling = all.filter((stem) => !VAGUE.has(stem))
  const words = telling.length > 0 ? telling : all
  return ({ title, tags = [] }) => {
    const stems = toStems(`${title} ${tags.join(' ')}`)
    if (keywords) return phrases.some((phrase) => phrase.every((stem) => stems.has(stem)))
    return words.some((word) => stems.has(word))
  }
}

/** Whether a term says no more than the topic itself. */
export function isTopicItself(name: string, { topic, keywords = [] }: TopicOptions): boolean {
  const known = toStems([topic, ...keywords].join(' '))
  return [...toStems(name)].every((stem) => known.has(stem))
}
