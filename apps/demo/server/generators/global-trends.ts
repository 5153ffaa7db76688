import { createFeeds } from '../feeds/fetch-feed.ts'
import { byBurst, surveyTrends } from '../numbers/find-trends.ts'
import { countMentions, detectBurst, followSpread, WINDOW_PARTS } from '../numbers/trend-numbers.ts'
import type { BrandGenerator, GeneratorOptions } from './generator.ts'
import { createStepRunner, once } from './step-runner.ts'
import { describeTrend, draftLocalAngle, mainMediumOf, sourcesOf } from './trend-words.ts'

/** The largest number of counts in one report: half a megabyte of JSON. */
const MOST_POINTS = 9_000

/**
 * Trends in several regions at once: terms from all items together, counted in each region (see `detectBurst`). A trend
 * begins in a region when a fifth of the region's mentions is reached. A model writes the local angles; counts, bursts and
 * lags stay computed.
 */
export function createGlobalTrendsGenerator({
  feeds = createFeeds(),
  ...options
}: GeneratorOptions = {}): BrandGenerator<'GENERATE_GLOBAL_TRENDS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { topic, window, regions } = payload
    const { run, provenance } = createStepRunner('GENERATE_GLOBAL_TRENDS', context, options, { sample: feeds.isSample })
    const readItems = once(() => feeds.read(context))
    // The output of a step must hold the series of every trend in every region.
    const mostTrends = Math.max(1, Math.floor(MOST_POINTS / (regions.length * WINDOW_PARTS[window].parts)))
    const survey = once(async () => {
      const items = await readItems()
      return surveyTrends(
        items.filter(({ region }) => region !== undefined && regions.includes(region)),
        // The same end for every choice of regions, so that reports can be compared.
        { ...payload, limit: Math.min(payload.limit, mostTrends), until: Math.max(0, ...items.map(({ at }) => at)) },
      )
    })

    const series = await run('series', {
      async compute() {
        const { trends, until } = await survey()
        return regions
          .flatMap((region) => trends.map((trend) => ({ region, trend })))
          .map(({ region, trend }) => {
            const times = trend.items.filter((item) => item.region === region).map(({ at }) => at)
            return { region, trendKey: trend.trendKey, series: countMentions(times, { window, until }) }
          })
      },
    })

    const bursts = await run('bursts', {
      compute: () =>
        series.map(({ region, trendKey, series: points }) => ({
          region,
          trendKey,
          ...detectBurst(points.map(({ mentions }) => mentions)),
        })),
    })

    const trendKeys = [...new Set(series.map(({ trendKey }) => trendKey))]
    const spread = await run('spread', {
      async compute() {
        const { trends } = await survey()
        const found = trendKeys.map((trendKey) => {
          const items = trends.find((trend) => trend.trendKey === trendKey)?.items ?? []
          const times = regions.map(
            (region) => [region, items.filter((item) => item.region === region).map(({ at }) => at)] as const,
          )
          return followSpread(trendKey, new Map(times))
        })
        return found.filter((entry) => entry !== undefined)
      },
      show: (soFar) => ({ spread: soFar }),
    })

    // Step outputs hold no names and sources, so an attempt that begins here reads the feeds for them.
    const surveyed = (await survey()).trends
    const inRegions = regions.map((region) => ({
      region,
      trends: series
        .filter((entry) => entry.region === region)
        .flatMap(({ trendKey, series: points }) => {
          const burst = bursts.find((entry) => entry.region === region && entry.trendKey === trendKey)
          if (!burst) return []
          const { burstScore, growth, direction } = burst
          const known = surveyed.find((trend) => trend.trendKey === trendKey)
          const items = (known?.items ?? []).filter((item) => item.region === region)
          const name = known?.name ?? trendKey.replaceAll('-', ' ')
          const sources = sourcesOf(items)
          const trend = { trendKey, name, series: points, sources, burstScore, growth, direction }
          return [{ ...trend, summary: describeTrend({ ...trend, window, place: mainMediumOf(items) }) }]
        })
        .toSorted(byBurst),
    }))

    const localAngles = await run('localAngles', {
      compute: () =>
        inRegions
          .flatMap(({ region, trends }) => trends.map((trend) => ({ region, trend })))
          .map(({ region, trend }) =>
            draftLocalAngle({
              ...trend,
              region,
              spread: spread.find(({ trendKey }) => trendKey === trend.trendKey),
            }),
          ),
      write: {
        task: 'Say for each region and trend what a brand with this topic could do there, and what to be careful about in that culture. Use the numbers of the draft; invent none.',
        keep: (draft, written) =>
          draft.map(
            (angle) =>
              written.find(({ region, trendKey }) => region === angle.region && trendKey === angle.trendKey) ?? angle,
          ),
      },
      show: (soFar) => ({ regions: inRegions, spread, localAngles: soFar }),
    })

    return {
      trendReportId: `global-trends-${taskId}`,
      topic,
      window,
      regions: inRegions.map(({ region, trends }) => ({
        region,
        trends: trends.filter(({ series: points }) => points.some(({ mentions }) => mentions > 0)),
      })),
      spread,
      localAngles,
      ...provenance({ nothing: trendKeys.length === 0 }),
    }
  }
}
