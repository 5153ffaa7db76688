import * as z from 'zod'
import { IDEA_EFFORTS, IDEA_FORMATS } from './vocabulary.js'
import { share } from './fields.schema.js'

/** Ties an idea to its score: "unboxing-in-reverse". */
const ideaKey = z.string().min(1)

/** Something worth making, before it was judged. */
export const ideaDraft = z.object({
  ideaKey,
  title: z.string().min(1),
  /** The first line or the first two seconds. */
  hook: z.string().min(1),
  format: z.enum(IDEA_FORMATS),
  /** What happens in it. */
  outline: z.string(),
  effort: z.enum(IDEA_EFFORTS),
})

const judgement = {
  /** 0 to 100, made of the parts below. */
  score: z.number().min(0).max(100),
  novelty: share,
  relevance: share,
  /** How likely a reader passes it on. */
  shareability: share,
  reason: z.string(),
}

/** Scores, best first. */
export const ideaScores = z.array(z.object({ ideaKey, ...judgement }))

/** An idea with its score. */
export const idea = ideaDraft.extend(judgement)
