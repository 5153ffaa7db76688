import type { Generator } from '@brandkit/server-adapter'
import { brandTasks, type StepDefinition, type StepKey as StepKeyOf } from '@brandkit/core'
import { estimateReach } from '../media-plan/estimate-reach.ts'
import { fillCalendar } from '../media-plan/fill-calendar.ts'
import { fitChannel } from '../media-plan/fit-channel.ts'
import { splitByWeight } from '../media-plan/largest-remainder.ts'
import { estimateSize, readKeywords } from '../media-plan/read-audience.ts'
import { pacedMap, type PacedMapOptions } from './paced-map.ts'

export type MediaPlanTask = (typeof brandTasks)['GENERATE_MEDIA_PLAN']
type StepKey = StepKeyOf<'GENERATE_MEDIA_PLAN'>

/** How long a step of weight 1 takes by default, in milliseconds; the five steps weigh six. */
export const DEFAULT_PACE_MS = 1_000

/**
 * Computes a media plan from nothing but its payload, so the same payload always gives the same plan. The arithmetic
 * takes no time; `paceMs` stretches it to what a model would need.
 *
 * @param paceMs milliseconds for a step of weight 1. Default 1,000; 0 does not wait.
 */
export function createMediaPlanGenerator({
  paceMs = DEFAULT_PACE_MS,
}: { paceMs?: number } = {}): Generator<MediaPlanTask> {
  return async (context) => {
    const { taskId, payload, signal } = context
    const { campaignName, objective, budget: totalBudget, currency, weeks, startDate } = payload
    const during = (key: StepKey): PacedMapOptions => ({
      durationMs: paceMs * weightOf(key),
      signal,
      onShare: (share) => context.progress(Math.floor(percentBefore(key) + share * percentOf(key))),
    })

    const audience = await context.step('audience', async () => {
      const keywords = await pacedMap(readKeywords(payload.audience), (keyword) => keyword, during('audience'))
      return { keywords, size: estimateSize(payload.audience, keywords) }
    })

    const channels = await context.step('channels', async () => {
      const fits = await pacedMap(
        payload.channels,
        (channel) => fitChannel(channel, objective, audience.keywords),
        during('channels'),
      )
      return fits.toSorted((one, other) => other.fit - one.fit)
    })

    const budget = await context.step('budget', async () => {
      // The square makes the better channels count more without starving the others.
      const amounts = splitByWeight(
        totalBudget,
        channels.map(({ fit }) => fit ** 2),
      )
      return await pacedMap(
        channels,
        ({ channel }) => {
          const amount = amounts[channels.findIndex((entry) => entry.channel === channel)] ?? 0
          return { channel, amount, share: amount / totalBudget }
        },
        during('budget'),
      )
    })

    const reach = await context.step('reach', () =>
      pacedMap(
        budget,
        ({ channel, amount }) => estimateReach({ channel, amount, currency, audienceSize: audience.size }),
        during('reach'),
      ),
    )

    const calendar = await context.step('calendar', () =>
      pacedMap(
        fillCalendar({ weeks, startDate, budget, campaignName, objective, keywords: audience.keywords }),
        (week) => week,
        during('calendar'),
      ),
    )

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
    }
  }
}

const STEPS: MediaPlanTask['steps'] = brandTasks.GENERATE_MEDIA_PLAN.steps
const KEYS = Object.keys(STEPS) as StepKey[]

function weightOf(key: StepKey): number {
  const definition: StepDefinition = STEPS[key]
  return definition.weight ?? 1
}

function percentOf(key: StepKey): number {
  return (100 * weightOf(key)) / KEYS.reduce((sum, other) => sum + weightOf(other), 0)
}

function percentBefore(key: StepKey): number {
  return KEYS.slice(0, KEYS.indexOf(key)).reduce((sum, other) => sum + percentOf(other), 0)
}
