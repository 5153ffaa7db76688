import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { distinctList, fields, requiredText } from './fields.schema.js'
import { FUNNEL_ASSETS, FUNNEL_GOALS, FUNNEL_STAGES } from './vocabulary.js'

export const funnelCampaign = lazily(() => {
  const { currency, language, provenance, share } = fields
  const stage = z.enum(FUNNEL_STAGES)
  const amount = z.number().min(0)
  const people = z.int().min(0)

  /** Widest stage first; shares of the budget add up to 1. */
  const stages = z.array(z.object({ stage, objective: z.string(), message: z.string(), share, amount })).min(2)
  const assets = z.array(
    z.object({ stage, kind: z.enum(FUNNEL_ASSETS), title: z.string(), brief: z.string(), callToAction: z.string() }),
  )
  /** Mails that lead from stage to stage, by days after the first contact. */
  const mails = z.array(z.object({ stage, day: z.int().min(0), subject: z.string(), text: z.string() }))
  const forecast = z.object({
    stages: z.array(
      z.object({
        stage,
        people,
        /** The share of the people who go on to the next stage. */
        conversionRate: share,
        kpi: z.string(),
        target: z.number().min(0),
      }),
    ),
    conversions: people,
    /** `null` when the forecast has no conversions. */
    costPerConversion: amount.nullable(),
    revenue: amount,
  })

  return defineTask({
    title: ({ payload }) => `Funnel campaign: ${payload.campaignName}`,
    payload: z.strictObject({
      campaignName: requiredText(120),
      /** The offer, and its advantages. */
      offer: requiredText(500),
      audience: requiredText(500),
      goal: z.enum(FUNNEL_GOALS),
      stages: distinctList(stage, { min: 2, max: FUNNEL_STAGES.length }).default([...FUNNEL_STAGES]),
      budget: fields.budget,
      currency: currency.default('EUR'),
      /** The value of one success, in the currency. */
      conversionValue: z.number().min(0).max(10_000_000),
      startDate: z.iso.date(),
      weeks: z.int().min(1).max(52).default(8),
      language: language.default('en'),
    }),
    steps: {
      stages: { title: 'Shaping the stages', output: stages },
      assets: { title: 'Planning assets', weight: 2, output: assets },
      mails: { title: 'Writing mails', weight: 2, output: mails },
      forecast: { title: 'Forecasting results', output: forecast },
    },
    result: z.object({
      funnelCampaignId: z.string(),
      campaignName: z.string(),
      goal: z.enum(FUNNEL_GOALS),
      currency,
      totalBudget: amount,
      startDate: z.iso.date(),
      stages,
      assets,
      mails,
      forecast,
      ...provenance,
    }),
  })
})
