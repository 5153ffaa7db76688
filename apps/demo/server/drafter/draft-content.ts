import type { TaskPayload, TaskResult } from '@brandkit/core'
import { POST_CHARACTERS, type SocialChannel } from '@brandkit/core/brand-tasks'
import { capitalise, hashText, shorten } from '../words.ts'
import { fillDraft, type Phrases } from './fill-draft.ts'
import { readGroups } from './read-brief.ts'
import { type Angle, CONTENT } from './tables.ts'

type Payload = TaskPayload<'GENERATE_CONTENT_PACKAGE'>
type Post = TaskResult<'GENERATE_CONTENT_PACKAGE'>['posts'][number]

const FEWEST_ANGLES = 3
const LONGEST_TAG = 30
/** The part of a prompt that needs a phrase of the brief. */
const QUOTING = /; the brief says/
/** A longer topic is cut, because it serves as a label in a first line. */
const LONGEST_TOPIC = 60

/**
 * The points of view: those that suit the tone first, then in an order that depends on the topic. At most one for each
 * post, but at least three.
 */
export function chooseAngles({ topic, tone, channels, postsPerChannel }: Payload): Angle[] {
  const count = Math.max(FEWEST_ANGLES, channels.length * postsPerChannel)
  const rankOf = ({ tones }: Angle) => {
    const rank = tones.indexOf(tone)
    return rank === -1 ? tones.length : rank
  }
  return CONTENT.angles
    .toSorted(
      (one, other) =>
        rankOf(one) - rankOf(other) || (hashText(topic + one.angle) % 97) - (hashText(topic + other.angle) % 97),
    )
    .slice(0, count)
}

interface DraftPostOptions {
  payload: Payload
  channel: SocialChannel
  /** Position on the channel, from 0. */
  position: number
  angles: readonly Angle[]
  /** The same angles with their names in the package, which a model may have changed. */
  named: readonly { angle: string }[]
}

/**
 * The beginning of a post: the first line, the call to action and the hashtag are written, and prompts in brackets say
 * what to add between them. Each channel has its own form and starts with another angle, so that no two posts are alike.
 */
export function draftPost({ payload, channel, position, angles, named }: DraftPostOptions): Post {
  const { topic, audience, tone, channels, postsPerChannel } = payload
  const place = channels.indexOf(channel) * postsPerChannel + position
  const index = place % angles.length
  // A calendar may need more posts than there are points of view: the next one on the same is a further part.
  const part = Math.floor(place / angles.length) + 1
  const series = part === 1 ? '' : `, part ${part}`
  const { angle, hook, prompts, visual } = angles[index] ?? CONTENT.angles[0]
  const { format, lines } = CONTENT.channels[channel]
  const said = readGroups(audience, audience)
  // Each phrase of the brief stands in one post: the next post that could quote it takes the next phrase.
  const earlier = Array.from({ length: place }, (_, before) => angles[before % angles.length]?.prompts.join() ?? '')
  const nextOf = (slot: string, phrases: string[]) => {
    const used = earlier.filter((written) => written.includes(slot)).length
    return phrases.slice(used, used + 1)
  }
  const brief: Phrases = {
    fact: nextOf(
      '{fact}',
      said.flatMap(({ facts, concerns }) => facts.filter((fact) => !concerns.includes(fact))),
    ),
    concern: nextOf(
      '{concern}',
      said.flatMap(({ concerns }) => concerns),
    ),
  }
  const [first, second, third] = prompts.map(
    (prompt) => fillDraft([prompt], brief) || (prompt.split(QUOTING)[0] ?? prompt),
  )
  const label = shorten(topic, LONGEST_TOPIC)
  const tag = toHashtag(topic)
  const parts = {
    hook: `${label}: ${hook}${series}`,
    call: payload.callToAction ?? CONTENT.callsToAction[tone],
    ...(first && { first }),
    ...(second && { second }),
    ...(third && { third }),
    ...(tag && { tag }),
  }
  const text = fit(lines, parts, POST_CHARACTERS[channel])
  return {
    postKey: `${channel}-${position + 1}`,
    channel,
    angle: named[index]?.angle ?? angle,
    headline: `${label}: ${angle.charAt(0).toLowerCase()}${angle.slice(1)}${series}`,
    text,
    hashtags: tag && text.includes(tag) ? [tag] : [],
    visual: `${format}. ${visual}`,
  }
}

/** Drops lines from the end until the text fits; the first line and the call to action stay. */
function fit(lines: readonly string[], parts: Readonly<Record<string, string>>, limit: number): string {
  const phrases = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, [part]]))
  const kept = [...lines]
  const write = () => fillDraft(kept, phrases, { join: '\n\n' })
  while (write().length > limit) {
    const spare = kept.findLastIndex((line, index) => index > 0 && !line.includes('{=call}'))
    if (spare === -1) return shorten(write(), limit)
    kept.splice(spare, 1)
  }
  return write()
}

/** "Cold brew" becomes "#ColdBrew"; a topic as long as a sentence gives no hashtag. */
function toHashtag(topic: string): string | undefined {
  const words = topic.match(/[\p{L}\p{N}]+/gu) ?? []
  const tag = words.map(capitalise).join('')
  return tag.length > 1 && tag.length <= LONGEST_TAG ? `#${tag}` : undefined
}
