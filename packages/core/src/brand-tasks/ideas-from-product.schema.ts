import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { ideaFields } from './idea.schema.js'
import { distinctList, fields, requiredText } from './fields.schema.js'
import { PRODUCT_IDEA_KINDS } from './vocabulary.js'

export const ideasFromProduct = lazily(() => {
  const { language, provenance } = fields
  const { idea, ideaDraft, ideaScores } = ideaFields
  const kind = z.enum(PRODUCT_IDEA_KINDS)

  /** The benefit of each feature, and a proof that makes people believe it. */
  const benefits = z.array(z.object({ feature: z.string(), benefit: z.string(), proof: z.string() })).min(1)
  /** Moments in which the audience would want the product. */
  const occasions = z.array(z.object({ occasion: z.string(), need: z.string(), feature: z.string() }))
  /** The feature behind an idea, and the form that the idea takes. */
  const origin = { feature: z.string(), kind }

  return defineTask({
    title: ({ payload }) => `Ideas from product: ${payload.productName}`,
    payload: z.strictObject({
      productName: requiredText(80),
      description: requiredText(2_000),
      features: distinctList(requiredText(200), { max: 12 }),
      audience: requiredText(500),
      kinds: distinctList(kind, { max: PRODUCT_IDEA_KINDS.length }).default([...PRODUCT_IDEA_KINDS]),
      count: z.int().min(1).max(30).default(8),
      language: language.default('en'),
    }),
    steps: {
      benefits: { title: 'Turning features into benefits', output: benefits },
      occasions: { title: 'Finding occasions', output: occasions },
      drafts: { title: 'Drafting ideas', weight: 3, output: z.array(ideaDraft.extend(origin)).min(1) },
      scores: { title: 'Scoring ideas', output: ideaScores },
    },
    result: z.object({
      ideaSetId: z.string(),
      productName: z.string(),
      benefits,
      occasions,
      /** Best first. */
      ideas: z.array(idea.extend(origin)).min(1),
      ...provenance,
    }),
  })
})
