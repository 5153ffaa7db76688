import type { FacebookSurface } from '@brandkit/core/brand-tasks'
import { draftFacebookPost } from '../drafter/draft-trend-answers.ts'
import { createFeeds } from '../feeds/create-feeds.ts'
import type { FeedItem } from '../feeds/feed-item.ts'
import { mostOf, rankTrends, sourcesOf } from '../trends/describe-trend.ts'
import { detectBurst } from '../trends/detect-burst.ts'
import { surveyTrends } from '../trends/survey-trends.ts'
import { bestHours, bestKind, sumEngagement } from '../trends/weigh-engagement.ts'
import type { BrandGenerator } from './brand-generator.ts'
import { keepEntries } from './keep-written.ts'
import { createStepRunner } from './step-runner.ts'
import { createItemReader, once, type TrendGeneratorOptions } from './trend-options.ts'

/**
 * Trends among Facebook posts, from feeds whose list names a surface. They are counted like other trends (see
 * `detectBurst`), with the engagement that the items state. The kind of post and the hours are chosen by their rates,
 * shrunk towards the rate of all. A model writes the drafts of the posts.
 */
export function createFacebookTrendsGenerator({
  feeds = createFeeds(),
  ...options
}: TrendGeneratorOptions = {}): BrandGenerator<'GENERATE_FACEBOOK_TRENDS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { topic, window, surfaces, region } = payload
    const { run, provenance } = createStepRunner('GENERATE_FACEBOOK_TRENDS', context, options)
    const readItems = createItemReader(feeds, context)
    const readPosts = async () =>
      (await readItems()).filter((item) => isOn(item, surfaces) && (region === undefined || item.region === region))
    const survey = once(async () => surveyTrends(await readPosts(), payload))

    const posts = await run('posts', {
      compute: async () =>
        (await survey()).trends.map(({ trendKey, name, items }) => ({
          trendKey,
          name,
          surface: mostOf(items.flatMap(({ surface }) => surface ?? [])) ?? ('pages' as const),
          engagement: sumEngagement(items),
          sources: sourcesOf(items),
        })),
    })

    const series = await run('series', {
      async compute() {
        const { seriesOf } = await survey()
        return posts.map(({ trendKey }) => ({ trendKey, series: seriesOf(trendKey) }))
      },
    })

    const bursts = await run('bursts', {
      compute: () =>
        series.map(({ trendKey, series: points }) => ({
          trendKey,
          ...detectBurst(points.map(({ mentions }) => mentions)),
        })),
    })
    const trends = rankTrends(posts, { window, series, bursts, placeOf: ({ surface }) => surface })

    const posting = await run('posting', {
      async compute() {
        const all = await readPosts()
        const surveyed = (await survey()).trends
        return trends.map(({ trendKey, name, sources }) => {
          const items = surveyed.find((trend) => trend.trendKey === trendKey)?.items ?? []
          const postKind = bestKind(items, all) ?? bestKind(all, all) ?? ('text' as const)
          return {
            trendKey,
            postKind,
            hours: bestHours(items.length > 0 ? items : all, all),
            draft: draftFacebookPost({ kind: postKind, name, topic, heard: sources[0]?.title }),
          }
        })
      },
      write: {
        task: 'Write a draft of a Facebook post for each trend, of the kind that the draft names, that a brand with this topic could publish as it is.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'trendKey', take: ['draft'] }),
      },
      show: (soFar) => ({ trends, posting: soFar }),
    })

    return {
      trendReportId: `facebook-trends-${taskId}`,
      topic,
      window,
      trends,
      posting,
      ...provenance({ sample: feeds.isSample, nothing: trends.length === 0 }),
    }
  }
}

function isOn({ surface }: FeedItem, surfaces: readonly FacebookSurface[]): boolean {
  return surface !== undefined && surfaces.includes(surface)
}
