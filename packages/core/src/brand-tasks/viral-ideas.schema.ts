import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { ideaFields } from './idea.schema.js'
import { distinctList, fields, requiredText } from './fields.schema.js'
import { SOCIAL_CHANNELS, VIRAL_EMOTIONS } from './vocabulary.js'

export const viralIdeas = lazily(() => {
  const { language, provenance } = fields
  const { idea, ideaDraft, ideaScores } = ideaFields
  const channel = z.enum(SOCIAL_CHANNELS)
  const emotion = z.enum(VIRAL_EMOTIONS)

  const angles = z.array(z.object({ emotion, angle: z.string() })).min(1)
  const viralDraft = ideaDraft.extend({ channel, emotion })

  return defineTask({
    title: ({ payload }) => `Viral ideas: ${payload.topic}`,
    payload: z.strictObject({
      topic: requiredText(120),
      audience: requiredText(500),
      channels: distinctList(channel, { max: SOCIAL_CHANNELS.length }),
      /** Default: channels that suit the topic. */
      emotions: distinctList(emotion, { max: VIRAL_EMOTIONS.length }).exactOptional(),
      /** Subjects to avoid. */
      avoid: distinctList(requiredText(80), { max: 10 }).exactOptional(),
      count: z.int().min(1).max(30).default(10),
      language: language.default('en'),
    }),
    steps: {
      angles: { title: 'Looking for feelings', output: angles },
      drafts: { title: 'Drafting ideas', weight: 3, output: z.array(viralDraft).min(1) },
      scores: { title: 'Scoring ideas', output: ideaScores },
    },
    result: z.object({
      ideaSetId: z.string(),
      topic: z.string(),
      angles,
      /** Best first. */
      ideas: z.array(idea.extend({ channel, emotion })).min(1),
      ...provenance,
    }),
  })
})
