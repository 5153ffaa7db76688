import type { FeedItem } from '../feeds/feed-item.ts'
import { countMentions } from '../trends/count-mentions.ts'
import { describeTrend, mainMediumOf, sourcesOf } from '../trends/describe-trend.ts'
import { detectBurst } from '../trends/detect-burst.ts'
import { spotOpportunity } from '../trends/spot-opportunity.ts'
import { byBurst, surveyTrends } from '../trends/survey-trends.ts'
import type { BrandGenerator } from './brand-generator.ts'
import { keepEntries } from './keep-entries.ts'
import { pacedMap } from './paced-map.ts'
import { createStepRunner } from './step-runner.ts'
import { createItemReader, type TrendGeneratorOptions } from './trend-options.ts'

/**
 * Trends from feeds: terms of the items of the chosen media and region, counted over the window, and bursts as z-scores against the base
 * line before (see `detectBurst`). The window ends with the newest item. With a model, it writes the opportunities; what is counted
 * stays counted.
 */
export function createTrendsGenerator({
  feeds,
  ...options
}: TrendGeneratorOptions = {}): BrandGenerator<'GENERATE_TRENDS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { topic, window, media, region } = payload
    const { run, usage } = createStepRunner('GENERATE_TRENDS', context, options)
    const readItems = createItemReader(feeds, context)
    const survey = async () => {
      const items = (await readItems()).filter((item) => isWanted(item, { media, region }))
      return surveyTrends(items, payload)
    }

    const mentions = await run('mentions', {
      compute: async (pace) =>
        await pacedMap(
          (await survey()).trends,
          ({ trendKey, name, items }) => ({ trendKey, name, medium: mainMediumOf(items), sources: sourcesOf(items) }),
          pace,
        ),
    })

    const series = await run('series', {
      async compute(pace) {
        const { trends, until } = await survey()
        return await pacedMap(
          mentions,
          ({ trendKey }) => {
            const items = trends.find((trend) => trend.trendKey === trendKey)?.items ?? []
            return {
              trendKey,
              series: countMentions(
                items.map(({ at }) => at),
                { window, until },
              ),
            }
          },
          pace,
        )
      },
    })
    const seriesOf = (trendKey: string) => series.find((entry) => entry.trendKey === trendKey)?.series ?? []

    const bursts = await run('bursts', {
      compute: (pace) =>
        pacedMap(
          mentions,
          ({ trendKey }) => ({ trendKey, ...detectBurst(seriesOf(trendKey).map((point) => point.mentions)) }),
          pace,
        ),
    })
    const trends = mentions
      .flatMap((mention) => {
        const burst = bursts.find(({ trendKey }) => trendKey === mention.trendKey)
        if (!burst) return []
        const points = seriesOf(mention.trendKey)
        const summary = describeTrend({
          ...mention,
          ...burst,
          series: points,
          window,
          place: mention.medium,
        })
        return [{ ...mention, ...burst, series: points, summary }]
      })
      .toSorted(byBurst)

    const opportunities = await run('opportunities', {
      async compute(pace) {
        const surveyed = (await survey()).trends
        return await pacedMap(
          trends,
          (trend) =>
            spotOpportunity({
              ...trend,
              topic,
              window,
              relevance: surveyed.find(({ trendKey }) => trendKey === trend.trendKey)?.relevance ?? 1,
            }),
          pace,
        )
      },
      write: {
        task: 'Say for each trend what a brand with this topic could do about it now, and what speaks against it. Use the numbers of the draft; invent none.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'trendKey', take: ['angle', 'risk'] }),
      },
      show: (soFar) => ({ trends, opportunities: soFar }),
    })

    return { trendReportId: `trends-${taskId}`, topic, window, trends, opportunities, ...usage() }
  }
}

function isWanted(
  item: FeedItem,
  { media, region }: { media: readonly FeedItem['medium'][]; region?: string | undefined },
): boolean {
  return media.includes(item.medium) && (region === undefined || item.region === region)
}
