import type { TaskPayload, TaskResult } from '@brandkit/core'
import { CONTENT_TONES, type ContentTone, POST_CHARACTERS, type SocialChannel } from '@brandkit/core/brand-tasks'
import * as z from 'zod'
import { readGroups } from '../brief.ts'
import { fillPostCalendar } from '../numbers/post-calendar.ts'
import { capitalise, hashText, note, shorten, readTable } from '../words.ts'
import { type BrandGenerator, type GeneratorOptions, keepFields } from './generator.ts'
import { createStepRunner } from './step-runner.ts'

type Payload = TaskPayload<'GENERATE_CONTENT_PACKAGE'>
type Post = TaskResult<'GENERATE_CONTENT_PACKAGE'>['posts'][number]

/**
 * A content package: editorial angles by tone and topic; posts in each channel's form and within its limit; a calendar that
 * spreads the posts over the channels' best days. In a draft, everything outside square brackets is the user's own: topic,
 * call to action, hashtag. The brackets say what to write. A model writes angles and posts. Code checks limits and the form of hashtags, and sets the
 * dates.
 */
export function createContentPackageGenerator(
  options: GeneratorOptions = {},
): BrandGenerator<'GENERATE_CONTENT_PACKAGE'> {
  return async (context) => {
    const { taskId, payload } = context
    const { run, runItems, provenance } = createStepRunner('GENERATE_CONTENT_PACKAGE', context, options)
    const chosen = chooseAngles(payload)

    const angles = await run('angles', {
      compute: () => chosen.map(({ angle, promise }) => ({ angle, promise })),
      write: {
        task: 'Find points of view on the topic that this audience has not read a hundred times. Keep their number.',
        keep: (draft, written) => draft.map((angle, index) => written[index] ?? angle),
      },
      show: (soFar) => ({ angles: soFar }),
    })

    const slots = payload.channels.flatMap((channel) =>
      Array.from({ length: payload.postsPerChannel }, (_, position) => ({ channel, position })),
    )
    const posts = await runItems('posts', {
      drafts: slots.map(({ channel, position }, place) => {
        const index = place % chosen.length
        const part = Math.floor(place / chosen.length) + 1
        return draftPost({ payload, channel, position, place, part, angle: chosen[index], name: angles[index]?.angle })
      }),
      keyOf: ({ postKey }) => postKey,
      write: {
        task:
          'Write the post in the tone that is asked for, as somebody would who knows channel and audience. The text includes hashtags and call to action; its longest length per channel in characters: ' +
          `${JSON.stringify(POST_CHARACTERS)}.`,
        keep: (draft, written) => keepFields(draft, written, ['headline', 'text', 'hashtags', 'visual']),
      },
      show: (soFar) => ({ posts: soFar }),
      say: ({ headline, text }) => [headline, text].filter(Boolean).join('\n'),
    })

    const calendar = await run('calendar', {
      compute: () => fillPostCalendar(posts, payload),
      show: (soFar) => ({ calendar: soFar }),
    })

    return {
      contentPackageId: `content-package-${taskId}`,
      topic: payload.topic,
      angles,
      posts,
      calendar,
      ...provenance(),
    }
  }
}

/** An editorial point of view. */
const angleEntry = z.strictObject({
  angle: z.string(),
  promise: z.string(),
  /** What to write, in this order; the first line of the post comes first. */
  first: z.string(),
  second: z.string(),
  third: z.string(),
  visual: z.string(),
  /** The tones that it suits, best first. */
  tones: z.string().transform((names) => z.array(z.enum(CONTENT_TONES)).parse(names.split(' '))),
})
type Angle = z.output<typeof angleEntry>

const FEWEST_ANGLES = 3

/** The points of view: those that suit the tone first, then in an order that depends on the topic. One for each post, as far as they go. */
function chooseAngles({ topic, tone, channels, postsPerChannel }: Payload): Angle[] {
  const rankOf = ({ tones, angle }: Angle) => {
    const rank = tones.indexOf(tone)
    return (rank === -1 ? tones.length : rank) * 1_000 + (hashText(topic + angle) % 997)
  }
  return ANGLES.toSorted((one, other) => rankOf(one) - rankOf(other)).slice(
    0,
    Math.max(FEWEST_ANGLES, channels.length * postsPerChannel),
  )
}

/** A longer topic is cut, because it serves as a label. */
const LONGEST_TOPIC = 60
const LONGEST_TAG = 30

interface DraftPostOptions {
  payload: Payload
  channel: SocialChannel
  /** Position on the channel, from 0. */
  position: number
  /** Position in the package, from 0. */
  place: number
  part: number
  angle: Angle | undefined
  /** The name of the angle in the package, which a model may have changed. */
  name: string | undefined
}

function draftPost({
  payload,
  channel,
  position,
  place,
  part,
  angle: { angle, first, second, third, visual } = ANGLES[0],
  name,
}: DraftPostOptions): Post {
  const { topic, audience, tone, callToAction } = payload
  // A package may need more posts than there are points of view: the next one on the same is a further part.
  const label = `${shorten(topic, LONGEST_TOPIC)}${part === 1 ? '' : `, part ${part}`}`
  const tag = toHashtag(topic)
  // Each fact of the brief stands in one post.
  const fact = readGroups(audience).flatMap(({ facts }) => facts)[place]
  const { format, notes } = CHANNELS[channel]
  const prompts = [...(part === 1 ? [] : [`What readers asked about part ${part - 1}`]), second, third].slice(0, notes)
  const text = fit(
    [
      `${label}: [${first}]`,
      ...prompts.map((prompt, index) => `${markOf(channel, index)}[${prompt}]`),
      ...(fact === undefined ? [] : [`[${note('In the brief', [fact])}]`]),
      callToAction ?? `[${CALLS_TO_ACTION[tone]}]`,
      ...(tag ? [tag] : []),
    ],
    POST_CHARACTERS[channel],
  )
  return {
    postKey: `${channel}-${position + 1}`,
    channel,
    angle: name ?? angle,
    headline: `${label}: ${angle.charAt(0).toLowerCase()}${angle.slice(1)}`,
    text,
    hashtags: tag && text.includes(tag) ? [tag] : [],
    visual: `${format}. ${visual}`,
  }
}

/** Drops notes from the end until the text fits; the first line and the call to action stay. */
function fit(lines: readonly string[], limit: number): string {
  const kept = [...lines]
  while (kept.join('\n\n').length > limit) {
    const spare = kept.findLastIndex((line, index) => index > 0 && (line.startsWith('#') || line.endsWith(']')))
    if (spare === -1) return shorten(kept.join('\n\n'), limit)
    kept.splice(spare, 1)
  }
  return kept.join('\n\n')
}

/** "Cold brew" becomes "#ColdBrew". Words of scripts without capitals are joined by "_". A long topic gives no hashtag. */
function toHashtag(topic: string): string | undefined {
  const words = topic.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  const tag = words.map(capitalise).join(/\p{Lu}/u.test(capitalise(topic)) ? '' : '_')
  return tag.length > 1 && tag.length <= LONGEST_TAG ? `#${tag}` : undefined
}

const TIMES: Readonly<Partial<Record<SocialChannel, readonly string[]>>> = {
  tiktok: ['Second 3: ', 'Second 15: '],
  youtube: ['0:15 ', '0:45 ', '2:00 '],
}

/** The place of a note in the post: a card, or a time of the film. */
function markOf(channel: SocialChannel, index: number): string {
  return TIMES[channel]?.[index] ?? (channel === 'instagram' ? `Card ${index + 2}: ` : '')
}

/** The form of each channel, and how many notes it has room for behind its first line. */
const CHANNELS: Readonly<Record<SocialChannel, { format: string; notes: number }>> = {
  instagram: { format: 'Square or 4:5', notes: 3 },
  facebook: { format: 'Landscape', notes: 2 },
  linkedin: { format: 'Document or landscape', notes: 3 },
  x: { format: 'Landscape, readable without tapping', notes: 0 },
  tiktok: { format: 'Upright film of 20 seconds', notes: 2 },
  youtube: { format: 'Film of three minutes, with a thumbnail', notes: 3 },
  pinterest: { format: 'Upright 2:3, with text on it', notes: 1 },
  threads: { format: 'Square, or text alone', notes: 1 },
}

/** Notes for the last line of a package without a call to action. */
const CALLS_TO_ACTION: Readonly<Record<ContentTone, string>> = {
  informative: 'Ask readers to save it',
  inspiring: 'Ask what they will begin with',
  humorous: 'Ask whom it reminds them of',
  conversational: 'Ask how they do it',
  urgent: 'Say what to do today',
}

const ANGLES = readTable(
  `
angle | promise | first | second | third | visual | tones
The common mistake | The reader knows one thing to stop doing today. | The mistake, in one sentence | Why it happens | What to do instead | Two pictures side by side: how it usually goes, and the one change that helps. | humorous conversational urgent
Step by step | A way to begin, in three steps. | Step 1: what to look at first | Step 2: the one thing to change | Step 3: what to check after a week | Three numbered frames with hands at work. | informative conversational
Behind the scenes | What it looks like before it is finished. | What happens in the picture | Who does it, by name | What sometimes goes wrong | An unposed photo of the work in progress, in daylight. | inspiring humorous
One question for you | Answers from the people who know. | The question, in one breath | Why you ask | Your own answer | The question in large type, with room around it. | conversational inspiring
Myth and fact | One thing that is often repeated, put right. | The myth, as people say it | The fact, with its source | Since when it is known | The myth struck through by hand, with the fact below it. | informative humorous
A checklist to keep | Something to save for the next time. | What to check first | What most people skip | When to leave it | The list as a card that can be read in a thumbnail. | informative urgent
One person, one story | Somebody like the reader, and what changed for them. | Who it is, with permission | What it was like before | What is different now | A portrait in the place where the story happens. | inspiring conversational
In numbers | Figures that readers can check. | The first number, with its source | What to compare it with | A number that readers can find out themselves | One large number, and a bar beside it that is drawn to scale. | informative urgent
Before and after | A difference that needs no words. | Before, in one sentence | What was changed, and how long it took | After, in one sentence | The same place twice, from the same spot. | inspiring informative
What it costs | A price, explained line by line. | The largest part of the price | The part that nobody expects | Where to save, and where not | A receipt in large type. | urgent informative
Two ways, compared | A choice made easier by one table. | For whom the first way is better | For whom the second way is better | How you do it yourselves | A table of two columns and three rows. | conversational humorous
One word, explained | A term that many use and few can explain. | The word, and what it means | What it is often mistaken for | Where the reader meets it next | The word as in a dictionary, with a small drawing. | informative humorous
`,
  angleEntry,
)
