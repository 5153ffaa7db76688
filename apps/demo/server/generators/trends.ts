import type { FacebookSurface } from '@brandkit/core/brand-tasks'
import { createFeeds } from '../feeds/fetch-feed.ts'
import type { FeedItem } from '../feeds/parse-feed.ts'
import { surveyTrends } from '../numbers/find-trends.ts'
import { bestHours, bestKind, detectBurst, sumEngagement } from '../numbers/trend-numbers.ts'
import { type BrandGenerator, type GeneratorOptions, keepEntries } from './generator.ts'
import { createStepRunner, once } from './step-runner.ts'
import { draftFacebookPost, draftOpportunity, mainMediumOf, mostOf, rankTrends, sourcesOf } from './trend-words.ts'

/**
 * Trends from feeds: terms of the items of the chosen media and region, counted over the window. Bursts are z-scores
 * against the earlier base line (see `detectBurst`). The window ends with the newest item. A model writes the
 * opportunities; the counts stay computed.
 */
export function createTrendsGenerator({
  feeds = createFeeds(),
  ...options
}: GeneratorOptions = {}): BrandGenerator<'GENERATE_TRENDS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { topic, window, media, region } = payload
    const { run, provenance } = createStepRunner('GENERATE_TRENDS', context, options, { sample: feeds.isSample })
    const readItems = once(() => feeds.read(context))
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
      compute: () => trends.map((trend) => draftOpportunity({ ...trend, window })),
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
      ...provenance({ nothing: trends.length === 0 }),
    }
  }
}

function isWanted(
  item: FeedItem,
  { media, region }: { media: readonly FeedItem['medium'][]; region?: string | undefined },
): boolean {
  return media.includes(item.medium) && (region === undefined || item.region === region)
}

/**
 * Trends among Facebook posts, from feeds whose list names a surface. They are counted like other trends (see
 * `detectBurst`), with the engagement that the items state. The kind of post and the hours are chosen by their rates,
 * shrunk towards the rate of all. A model writes the drafts of the posts.
 */
export function createFacebookTrendsGenerator({
  feeds = createFeeds(),
  ...options
}: GeneratorOptions = {}): BrandGenerator<'GENERATE_FACEBOOK_TRENDS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { topic, window, surfaces, region } = payload
    const { run, provenance } = createStepRunner('GENERATE_FACEBOOK_TRENDS', context, options, {
      sample: feeds.isSample,
    })
    const readItems = once(() => feeds.read(context))
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
            draft: draftFacebookPost(postKind, { name, sources }),
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
      ...provenance({ nothing: trends.length === 0 }),
    }
  }
}

function isOn({ surface }: FeedItem, surfaces: readonly FacebookSurface[]): boolean {
  return surface !== undefined && surfaces.includes(surface)
}
