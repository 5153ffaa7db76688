import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { distinctList, fields, requiredText } from './fields.schema.js'
import { MEDIA_CHANNELS, MEDIA_OBJECTIVES } from './vocabulary.js'

export const mediaPlan = lazily(() => {
  const { currency, provenance, share } = fields
  const channel = z.enum(MEDIA_CHANNELS)
  const amount = z.number().min(0)

  /** How well each channel fits objective and audience, best first. */
  const channelFits = z.array(z.object({ channel, fit: share, reason: z.string() }))
  /** Money by channel; shares add up to 1 and amounts to the budget. */
  const budgetSplit = z.array(z.object({ channel, amount, share }))
  const reach = z.array(
    z.object({ channel, impressions: z.int().min(0), people: z.int().min(0), frequency: z.number().min(0) }),
  )
  /** The placements of each week. */
  const calendar = z.array(
    z.object({
      week: z.int().min(1),
      startDate: z.iso.date(),
      phase: z.enum(['launch', 'sustain', 'finale']),
      placements: z.array(z.object({ channel, amount, message: z.string() })),
    }),
  )

  return defineTask({
    title: ({ payload }) => `Media plan: ${payload.campaignName}`,
    payload: z.strictObject({
      campaignName: requiredText(120),
      objective: z.enum(MEDIA_OBJECTIVES),
      budget: fields.budget,
      currency: currency.default('EUR'),
      startDate: z.iso.date(),
      weeks: z.int().min(1).max(52),
      channels: distinctList(channel, { max: MEDIA_CHANNELS.length }),
      audience: requiredText(500),
      notes: requiredText(2_000).exactOptional(),
    }),
    steps: {
      audience: {
        title: 'Reading the audience',
        output: z.object({ keywords: z.array(z.string()), size: z.int().min(0) }),
      },
      channels: { title: 'Choosing channels', output: channelFits },
      budget: { title: 'Splitting the budget', output: budgetSplit },
      reach: { title: 'Estimating reach', output: reach },
      calendar: { title: 'Filling the calendar', weight: 2, output: calendar },
    },
    result: z.object({
      mediaPlanGroupId: z.string(),
      campaignName: z.string(),
      objective: z.enum(MEDIA_OBJECTIVES),
      currency,
      totalBudget: amount,
      channels: channelFits,
      budget: budgetSplit,
      reach,
      calendar,
      ...provenance,
    }),
  })
})
