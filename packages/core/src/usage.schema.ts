import * as z from 'zod'
import { lazily } from './lazily.js'

/** The schemas of what models have used, and of budgets. */
export const usageSchemas = lazily(() => {
  const tokens = z.int().min(0)
  const cost = z.number().min(0)
  const amount = z.object({
    inputTokens: tokens,
    outputTokens: tokens,
    cost: cost.exactOptional(),
    currency: z.string().exactOptional(),
  })
  const shares = z.array(amount.extend({ id: z.string() }))
  const budget = z.object({
    of: z.enum(['user', 'brand', 'tenant']),
    id: z.string(),
    cost: cost.exactOptional(),
    currency: z.string().exactOptional(),
    tokens: tokens.exactOptional(),
    left: z.object({ cost: cost.exactOptional(), tokens: tokens.exactOptional() }),
  })
  const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'Invalid input: write the month as 2026-11')
  const ofMonth = { month, endsAt: z.iso.datetime() }

  return {
    month,
    /** What one model has used for a task. */
    ofModel: amount.extend({ model: z.string().exactOptional() }),
    stats: z.object({
      ...ofMonth,
      total: z.array(amount),
      types: shares,
      models: shares,
      users: shares,
      budgets: z.array(budget),
    }),
    ofCaller: z.object({ ...ofMonth, used: z.array(amount), budget: budget.exactOptional() }),
  }
})
