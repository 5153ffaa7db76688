import * as z from 'zod'
import { lazily } from '../lazily.js'
import { fields } from './fields.schema.js'
import { IDEA_EFFORTS, IDEA_FORMATS } from './vocabulary.js'

/** Schemas of ideas, before and after they are judged. */
export const ideaFields = lazily(() => {
  const { share } = fields

  /** Ties an idea to its score: "unboxing-in-reverse". */
  const ideaKey = z.string().min(1)

  /** An idea before it is judged. */
  const ideaDraft = z.object({
    ideaKey,
    title: z.string().min(1),
    /** The first line or the first two seconds. */
    hook: z.string().min(1),
    format: z.enum(IDEA_FORMATS),
    /** The content of the post in short. */
    outline: z.string(),
    effort: z.enum(IDEA_EFFORTS),
  })

  const judgement = {
    /** 0 to 100, computed from the parts below. */
    score: z.number().min(0).max(100),
    novelty: share,
    relevance: share,
    /** The likelihood that a reader passes the idea on. */
    shareability: share,
    reason: z.string(),
  }

  /** Scores, best first. */
  const ideaScores = z.array(z.object({ ideaKey, ...judgement }))

  /** An idea with its score. */
  const idea = ideaDraft.extend(judgement)

  return { ideaDraft, ideaScores, idea }
})
