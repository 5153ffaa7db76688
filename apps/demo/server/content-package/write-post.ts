import type { TaskPayload } from '@brandkit/core'
import { POST_CHARACTERS, type SocialChannel } from '@brandkit/core/brand-tasks'
import { fillTemplate, shorten } from '../words.ts'
import { ANGLES, TONES } from './angles.ts'
import { CHANNEL_STYLES } from './channel-styles.ts'
import { type Angle, wordsOf } from './find-angles.ts'
import { makeHashtags } from './make-hashtags.ts'

export interface Post {
  postKey: string
  channel: SocialChannel
  angle: string
  headline: string
  text: string
  hashtags: string[]
  visual: string
}

/**
 * One post, as it is posted: first line, body, call to action, hashtags. Lines are put in by importance as long as they fit what
 * people read on the channel, and never beyond what the channel takes; no sentence is cut while a shorter post is possible.
 */
export function writePost({ payload, channel, angle, round, position }: WritePostOptions): Post {
  const { topic, audience, tone } = payload
  const texts = ANGLES[angle.kind]
  const style = CHANNEL_STYLES[channel]
  const words = wordsOf({ topic, audience })
  const fill = (template: string) => fillTemplate(template, words)
  const hook = fill(`${round === 0 ? TONES[tone].opener : ''}${texts.hooks[(round + position) % 2] ?? texts.hooks[0]}`)
  const callToAction = payload.callToAction ?? TONES[tone].callToAction
  const hashtags = makeHashtags({ topic, audience, max: style.hashtags })

  // From the second round on the body begins with another line, so that a post is not told twice.
  const body = [...texts.body.slice(round % 3), ...texts.body.slice(0, round % 3)].map(fill)
  const limit = POST_CHARACTERS[channel]
  const { text, tags } = compose({ hook, body, callToAction, hashtags, comfort: Math.min(style.comfort, limit), limit })
  return {
    postKey: `${channel}-${position + 1}`,
    channel,
    angle: angle.angle,
    headline: shorten(fill(texts.headline), 100),
    text,
    hashtags: tags,
    visual: `${style.format}. ${texts.visual}`,
  }
}

interface WritePostOptions {
  payload: Pick<TaskPayload<'GENERATE_CONTENT_PACKAGE'>, 'topic' | 'audience' | 'tone'> & { callToAction?: string }
  channel: SocialChannel
  angle: Angle
  /** How often the channel had this angle before. */
  round: number
  /** Position on the channel, from 0. */
  position: number
}

interface Parts {
  hook: string
  body: readonly string[]
  callToAction: string
  hashtags: readonly string[]
  comfort: number
  limit: number
}

function compose({ hook, body, callToAction, hashtags, comfort, limit }: Parts): { text: string; tags: string[] } {
  const fits = (lines: readonly string[], tags: readonly string[], max: number) => joinParts(lines, tags).length <= max

  // A call to action outranks the body, and a hashtag outranks nothing.
  let lines = fits([hook, callToAction], [], limit)
    ? [hook, callToAction]
    : [shorten(hook, Math.min(hook.length, limit))]
  const tags: string[] = []
  for (const tag of hashtags) if (fits(lines, tags.concat(tag), comfort)) tags.push(tag)
  for (const line of body) {
    const longer = lines.toSpliced(-1, 0, line)
    if (lines.length > 1 && fits(longer, tags, comfort)) lines = longer
  }
  return { text: joinParts(lines, tags), tags }
}

function joinParts(lines: readonly string[], tags: readonly string[]): string {
  return [...lines, tags.join(' ')].filter(Boolean).join('\n\n')
}
