import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { CONTENT_TONES, POST_CHARACTERS, SOCIAL_CHANNELS } from './vocabulary.js'
import { distinctList, fields, requiredText } from './fields.schema.js'

export const contentPackage = lazily(() => {
  const { language, provenance } = fields
  const channel = z.enum(SOCIAL_CHANNELS)

  /** Points of view; the posts use them in turn. */
  const angles = z.array(z.object({ angle: z.string(), promise: z.string() })).min(1)

  /** The text is posted exactly as written, with hashtags and call to action. */
  const post = z
    .object({
      /** Unique in the package; the calendar refers to this key. */
      postKey: z.string().min(1),
      channel,
      angle: z.string(),
      headline: z.string(),
      text: z.string().min(1),
      hashtags: z.array(z.string().regex(/^#[^\s#]+$/, 'A hashtag starts with # and has no space.')),
      /** A description of the picture or film. */
      visual: z.string(),
    })
    .refine((draft) => draft.text.length <= POST_CHARACTERS[draft.channel], {
      path: ['text'],
      message: 'The text is longer than the channel allows.',
    })
  const posts = z.array(post).min(1)

  /** When each post goes out, earliest first, in the brand's local time. */
  const calendar = z.array(
    z.object({ postKey: z.string().min(1), channel, date: z.iso.date(), time: z.iso.time({ precision: -1 }) }),
  )

  return defineTask({
    title: ({ payload }) => `Content package: ${payload.topic}`,
    payload: z.strictObject({
      topic: requiredText(120),
      audience: requiredText(500),
      channels: distinctList(channel, { max: SOCIAL_CHANNELS.length }),
      postsPerChannel: z.int().min(1).max(12).default(3),
      startDate: z.iso.date(),
      weeks: z.int().min(1).max(12).default(2),
      tone: z.enum(CONTENT_TONES).default('conversational'),
      callToAction: requiredText(120).exactOptional(),
      language: language.default('en'),
    }),
    steps: {
      angles: { title: 'Finding angles', output: angles },
      posts: { title: 'Writing posts', weight: 3, items: true, output: post },
      calendar: { title: 'Filling the calendar', output: calendar },
    },
    result: z.object({
      contentPackageId: z.string(),
      topic: z.string(),
      angles,
      posts,
      calendar,
      ...provenance,
    }),
  })
})
