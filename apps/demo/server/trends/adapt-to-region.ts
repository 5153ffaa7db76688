import { capitalise, lowerFirst, shorten } from '../words.ts'
import type { SeriesPoint } from './count-mentions.ts'
import { format, summarise, type TrendSource } from './describe-trend.ts'
import type { Burst } from './detect-burst.ts'
import type { Spread } from './follow-spread.ts'

export interface LocalAngle {
  region: string
  trendKey: string
  angle: string
  caution: string
}

interface AdaptOptions extends Burst {
  region: string
  trendKey: string
  name: string
  topic: string
  series: readonly SeriesPoint[]
  spread: Spread | undefined
  sources: readonly TrendSource[]
}

const REGION_NAMES = new Intl.DisplayNames('en', { type: 'region' })
/** "in the United States", but "in Germany". */
const WITH_ARTICLE = new Set(['AE', 'BS', 'CF', 'DO', 'GB', 'GM', 'MV', 'NL', 'PH', 'US'])
const BURST = 3

/** "Germany"; a code that is nobody's stays a code. */
export function regionName(region: string): string {
  const name = REGION_NAMES.of(region) ?? region
  return WITH_ARTICLE.has(region) ? `the ${name}` : name
}

/** What a trend means in one region, by where it stands there and where it came from, each from the numbers. */
export function adaptToRegion(options: AdaptOptions): LocalAngle {
  const { region, trendKey } = options
  return { region, trendKey, angle: angleOf(options), caution: cautionOf(options) }
}

function angleOf({ region, name, topic, spread, series, burstScore, direction }: AdaptOptions): string {
  const place = regionName(region)
  const subject = lowerFirst(shorten(topic, 60))
  const { latest, total } = summarise(series)
  const lag = spread?.followers.find((follower) => follower.region === region)?.lagDays
  const origin = spread ? regionName(spread.origin) : ''
  if (total === 0) {
    return spread
      ? `Nobody speaks of ${name} in ${place} yet. It began in ${origin}: whoever brings it here for ${subject} is the first.`
      : `Nobody speaks of ${name} in ${place} yet.`
  }
  if (spread?.origin === region) {
    return `${capitalise(name)} began here. ${capitalise(place)} has heard the basics: show what comes next for ${subject}, and let the others quote you.`
  }
  const later =
    lag === undefined || lag === 0 ? 'At the same time as' : `${format(lag)} ${lag === 1 ? 'day' : 'days'} after`
  if (burstScore >= BURST || direction === 'rising') {
    return `${later} ${origin}, ${place} has ${latest} new ${latest === 1 ? 'mention' : 'mentions'} of ${name}. What worked there for ${subject} is known: translate the best of it today rather than invent something.`
  }
  return `${capitalise(name)} has reached ${place} (${countOf(total)}, ${later.toLowerCase()} ${origin}) and is not growing. One local example for ${subject} would do more than another explanation.`
}

function countOf(mentions: number): string {
  return `${mentions} ${mentions === 1 ? 'mention' : 'mentions'}`
}

function cautionOf({ region, name, series, sources, direction }: AdaptOptions): string {
  const { total } = summarise(series)
  const place = regionName(region)
  const [heard] = sources
  if (total === 0)
    return `No mention does not mean no interest: ask three people in ${place} whether “${name}” is understood at all.`
  const said = heard ? ` What is said there: “${shorten(heard.title, 120)}”.` : ''
  if (total <= 3) return `${countOf(total)} ${total === 1 ? 'is' : 'are'} an anecdote, not a trend.${said}`
  if (direction === 'falling')
    return `It is cooling down in ${place}; a campaign that takes a month will come too late.${said}`
  return `Have somebody from ${place} read it first: words and jokes do not travel as fast as the subject.${said}`
}
