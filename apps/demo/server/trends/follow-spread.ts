export interface Spread {
  trendKey: string
  origin: string
  followers: { region: string; lagDays: number }[]
}

const DAY_MS = 86_400_000
/** Talk begins when this part of a region's mentions is reached, so that one stray early mention does not count. */
const BEGUN = 0.2
/** A region with less than this part of the largest region's mentions cannot be the origin. */
const ORIGINAL = 0.5

/**
 * The origin and the followers of a trend. A region's talk begins when a fifth of its mentions in the window is reached.
 * The earliest region is the origin. The others follow with their delay in days with one digit, earliest first.
 *
 * @param times milliseconds since 1970, by region; at least one region with at least one time
 */
export function followSpread(trendKey: string, times: ReadonlyMap<string, readonly number[]>): Spread | undefined {
  const begun = [...times]
    .flatMap(([region, list]) => {
      const ordered = list.toSorted((one, other) => one - other)
      const at = ordered[Math.ceil(ordered.length * BEGUN) - 1]
      return at === undefined ? [] : [{ region, at, mentions: list.length }]
    })
    .toSorted((one, other) => one.at - other.at || (one.region < other.region ? -1 : 1))
  const most = Math.max(0, ...begun.map(({ mentions }) => mentions))
  const first = begun.find(({ mentions }) => mentions >= most * ORIGINAL)
  if (!first) return undefined
  return {
    trendKey,
    origin: first.region,
    followers: begun
      .filter(({ region }) => region !== first.region)
      .map(({ region, at }) => ({ region, lagDays: Math.max(0, Math.round(((at - first.at) / DAY_MS) * 10) / 10) })),
  }
}
