import { draftAssets, draftMails, draftStages, funnelPhrases } from '../drafter/draft-funnel.ts'
import { forecastFunnel, splitBudget } from '../numbers/forecast-funnel.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { keepEntries } from './keep-written.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * A funnel campaign: the budget over the stages by the goal's weights (largest remainder method), and assets and mails
 * that quote offer and audience. In the forecast, each stage receives the people whom the stage before passed on. A model
 * writes messages, assets and mails; money, days and the forecast stay computed.
 */
export function createFunnelCampaignGenerator(
  options: GeneratorOptions = {},
): BrandGenerator<'GENERATE_FUNNEL_CAMPAIGN'> {
  return async (context) => {
    const { taskId, payload } = context
    const { campaignName, goal, currency, startDate, budget: totalBudget } = payload
    const { run, provenance } = createStepRunner('GENERATE_FUNNEL_CAMPAIGN', context, options)
    const phrases = funnelPhrases(payload)

    const stages = await run('stages', {
      compute: () => draftStages(splitBudget(payload), phrases),
      write: {
        task: 'Write objective and message of every stage for this offer and this audience.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'stage', take: ['objective', 'message'] }),
      },
      show: (soFar) => ({ stages: soFar }),
    })

    const assets = await run('assets', {
      compute: () =>
        draftAssets(
          stages.map(({ stage }) => stage),
          phrases,
        ),
      write: {
        task: 'Plan the assets: title, brief and call to action, so that a designer can begin. Keep their number, order, stages and kinds.',
        keep: (draft, written) =>
          draft.map((asset, index) => {
            const match = written[index]
            return match?.stage === asset.stage && match.kind === asset.kind ? match : asset
          }),
      },
      show: (soFar) => ({ assets: soFar }),
    })

    const mails = await run('mails', {
      compute: () =>
        draftMails(
          stages.map(({ stage }) => stage),
          phrases,
          payload.weeks,
        ),
      write: {
        task: 'Write subject and text of every mail. Keep their number, order, stages and days; promise nothing that the offer does not say.',
        keep: (draft, written) =>
          draft.map((mail, index) => {
            const match = written[index]
            return match?.stage === mail.stage ? { ...match, day: mail.day } : mail
          }),
      },
      show: (soFar) => ({ mails: soFar }),
    })

    const forecast = await run('forecast', {
      compute: () => forecastFunnel(stages, payload),
    })

    return {
      funnelCampaignId: `funnel-campaign-${taskId}`,
      campaignName,
      goal,
      currency,
      totalBudget,
      startDate,
      stages,
      assets,
      mails,
      forecast,
      ...provenance({ loss: forecast.revenue < totalBudget }),
    }
  }
}
