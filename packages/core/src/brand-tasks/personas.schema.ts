import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { fields, requiredText } from './fields.schema.js'
import { DECISION_STYLES, PERSONA_TOUCHPOINTS } from './vocabulary.js'

export const personas = lazily(() => {
  const { language, provenance, region, share } = fields
  /** Ties the outputs of the steps together: "busy-parent". */
  const personaKey = z.string().min(1)

  /** Parts of the audience, largest first; shares add up to 1. */
  const segments = z.array(z.object({ personaKey, name: z.string(), share, traits: z.array(z.string()) })).min(1)

  const profile = z.object({
    personaKey,
    name: z.string(),
    age: z.int().min(13).max(110),
    occupation: z.string(),
    story: z.string(),
    quote: z.string(),
    goals: z.array(z.string()).min(1),
    frustrations: z.array(z.string()).min(1),
    decisionStyle: z.enum(DECISION_STYLES),
  })

  /** The places to meet each persona, most promising first. */
  const touchpoints = z.array(z.object({ touchpoint: z.enum(PERSONA_TOUCHPOINTS), affinity: share }))
  /** The messages for each persona: convincing arguments, and objections with an answer to each. */
  const messages = z.object({
    arguments: z.array(z.string()).min(1),
    objections: z.array(z.object({ objection: z.string(), answer: z.string() })),
  })

  return defineTask({
    title: ({ payload }) => `Personas: ${payload.audienceName}`,
    payload: z.strictObject({
      /** The audience in a few words: "Young families". */
      audienceName: requiredText(80),
      /** A longer description: the people, their needs, and known facts. */
      audience: requiredText(2_000),
      /** The product or service that the audience should buy or use. */
      offer: requiredText(500),
      region: region.exactOptional(),
      count: z.int().min(1).max(8).default(3),
      language: language.default('en'),
    }),
    steps: {
      segments: { title: 'Dividing the audience', output: segments },
      profiles: { title: 'Writing the profiles', weight: 2, items: true, output: profile },
      touchpoints: { title: 'Finding touchpoints', output: z.array(z.object({ personaKey, touchpoints })) },
      messages: { title: 'Phrasing messages', items: true, output: z.object({ personaKey, messages }) },
    },
    result: z.object({
      personaSetId: z.string(),
      audienceName: z.string(),
      segments,
      personas: z.array(profile.extend({ touchpoints, messages })).min(1),
      ...provenance,
    }),
  })
})
