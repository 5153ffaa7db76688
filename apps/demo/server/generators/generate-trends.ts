import { draftOpportunity } from '../drafter/draft-trend-answers.ts'
import { createFeeds } from '../feeds/create-feeds.ts'
import type { FeedItem } from '../feeds/feed-item.ts'
import { mainMediumOf, rankTrends, sourcesOf } from '../trends/describe-trend.ts'
import { detectBurst } from '../trends/detect-burst.ts'
import { surveyTrends } from '../trends/survey-trends.ts'
import type { BrandGenerator } from './brand-generator.ts'
import { keepEntries } from './keep-written.ts'
import { createStepRunner } from './step-runner.ts'
import { createItemReader, once, type TrendGeneratorOptions } from './trend-options.ts'

/**
 * Trends from feeds: terms of the items of the chosen media and region, counted over the window. Bursts are z-scores
 * against the earlier base line (see `detectBurst`). The window ends with the newest item. A model writes the
 * opportunities; the counts stay computed.
 */
export function createTrendsGenerator({
  feeds = createFeeds(),
  ...options
}: TrendGeneratorOptions = {}): BrandGenerator<'GENERATE_TRENDS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { topic, window, media, region } = payload
    const { run, provenance } = createStepRunner('GENERATE_TRENDS', context, options)
    const readItems = createItemReader(feeds, context)
    const survey = once(async () => {
      const items = (await readItems()).filter((item) => isWanted(item, { media, region }))
      return surveyTrends(items, payload)
    })

    const mentions = await run('mentions', {
      compute: async () =>
        (await survey()).trends.map(({ trendKey, name, items }) => ({
          trendKey,
          name,
          medium: mainMediumOf(items),
          sources: sourcesOf(items),
        })),
    })

    const series = await run('series', {
      async compute() {
        const { seriesOf } = await survey()
        return mentions.map(({ trendKey }) => ({ trendKey, series: seriesOf(trendKey) }))
      },
    })

    const bursts = await run('bursts', {
      compute: () =>
        series.map(({ trendKey, series: points }) => ({
          trendKey,
          ...detectBurst(points.map(({ mentions: count }) => count)),
        })),
    })
    const trends = rankTrends(mentions, { window, series, bursts, placeOf: ({ medium }) => medium })

    const opportunities = await run('opportunities', {
      compute: () => trends.map((trend) => draftOpportunity({ ...trend, topic, window })),
      write: {
        task: 'Say for each trend what a brand with this topic could do about it now, and what speaks against it. Use the numbers of the draft; invent none.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'trendKey', take: ['angle', 'risk'] }),
      },
      show: (soFar) => ({ trends, opportunities: soFar }),
    })

    return {
      trendReportId: `trends-${taskId}`,
      topic,
      window,
      trends,
      opportunities,
      ...provenance({ sample: feeds.isSample, nothing: trends.length === 0 }),
    }
  }
}

function isWanted(
  item: FeedItem,
  { media, region }: { media: readonly FeedItem['medium'][]; region?: string | undefined },
): boolean {
  return media.includes(item.medium) && (region === undefined || item.region === region)
}
