import { fillCalendar } from '../media-plan/fill-calendar.ts'
import { meetPersonas } from '../media-plan/meet-personas.ts'
import { estimateReach, fitChannel } from '../media-plan/rate-channels.ts'
import { estimateSize } from '../media-plan/read-audience.ts'
import { splitByWeight } from '../split-by-weight.ts'
import { readKeywords } from '../words.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { findPrevious } from './find-previous.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * A media plan: the fit of each channel by objective and audience (weighted sum), the budget by fit² and the largest
 * remainder method, reach by the random-duplication curve, and a calendar weighted by phase. A model writes the messages. A
 * plan that follows personas rates its channels by where these people are met.
 */
export function createMediaPlanGenerator(options: GeneratorOptions = {}): BrandGenerator<'GENERATE_MEDIA_PLAN'> {
  return async (context) => {
    const { taskId, payload } = context
    const personas = findPrevious(context.previous, 'AUTO_GENERATE_PERSONAS')
    const { campaignName, objective, budget: totalBudget, currency, weeks, startDate } = payload
    const { run, provenance } = createStepRunner('GENERATE_MEDIA_PLAN', context, options)

    const audience = await run('audience', {
      compute() {
        const keywords = readKeywords(payload.audience)
        return { keywords, size: estimateSize(payload.audience, keywords) }
      },
    })

    const channels = await run('channels', {
      compute() {
        const fits = payload.channels
          .map((channel) => fitChannel(channel, objective, audience.keywords))
          .map((fit) => (personas ? meetPersonas(fit, personas) : fit))
        return fits.toSorted((one, other) => other.fit - one.fit)
      },
    })

    const budget = await run('budget', {
      compute() {
        // The square favours the better channels without starving the others.
        const amounts = splitByWeight(
          totalBudget,
          channels.map(({ fit }) => fit ** 2),
        )
        return channels.map(({ channel }, index) => ({
          channel,
          amount: amounts[index] ?? 0,
          share: (amounts[index] ?? 0) / totalBudget,
        }))
      },
    })

    const reach = await run('reach', {
      compute: () =>
        budget.map(({ channel, amount }) => estimateReach({ channel, amount, currency, audienceSize: audience.size })),
    })

    const calendar = await run('calendar', {
      compute: () => fillCalendar({ weeks, startDate, budget, campaignName, objective }),
      write: {
        task: 'Write the message of every placement: one line that a copywriter can start from, made for its channel and phase. Keep weeks, channels and amounts as they are.',
        keep: (draft, written) =>
          draft.map((week) => ({
            ...week,
            placements: week.placements.map((placement) => ({
              ...placement,
              message:
                written
                  .find((other) => other.week === week.week)
                  ?.placements.find((other) => other.channel === placement.channel)?.message ?? placement.message,
            })),
          })),
      },
      show: (soFar) => ({ calendar: soFar }),
    })

    return {
      mediaPlanGroupId: `media-plan-${taskId}`,
      campaignName,
      objective,
      currency,
      totalBudget,
      channels,
      budget,
      reach,
      calendar,
      ...provenance(),
    }
  }
}
