import * as z from 'zod'

const count = z.int().min(0)

/** What a language model was used for in the attempt that made the result; steps kept from an earlier attempt are not in it. */
export const modelUsage = z.object({
  /** As its provider calls it. */
  model: z.string().min(1),
  calls: count,
  inputTokens: count,
  outputTokens: count,
})
