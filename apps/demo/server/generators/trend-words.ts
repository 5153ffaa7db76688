import type { FacebookPostKind, TrendMedium, TrendWindow } from '@brandkit/core/brand-tasks'
import type { FeedItem } from '../feeds/parse-feed.ts'
import { byBurst } from '../numbers/find-trends.ts'
import { type Burst, type SeriesPoint, type Spread, WINDOW_PARTS } from '../numbers/trend-numbers.ts'
import { capitalise, note, say, shorten } from '../words.ts'

interface TrendSource {
  title: string
  url: string
}

const MOST_SOURCES = 4

/** The newest items with different titles. */
export function sourcesOf(items: readonly FeedItem[]): TrendSource[] {
  const byTitle = new Map<string, TrendSource>()
  for (const { title, url } of items.toSorted((one, other) => other.at - one.at)) {
    if (!byTitle.has(title)) byTitle.set(title, { title, url })
  }
  return [...byTitle.values()].slice(0, MOST_SOURCES)
}

/** The medium of most of the items. */
export function mainMediumOf(items: readonly FeedItem[]): TrendMedium {
  return mostOf(items.map(({ medium }) => medium)) ?? 'news'
}

/** The most frequent value of the list; the first of equally frequent ones. */
export function mostOf<Value extends string>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}

interface DescribeTrendOptions extends Burst {
  name: string
  series: readonly SeriesPoint[]
  window: TrendWindow
  sources: readonly TrendSource[]
  /** The place with the most mentions: "news", "groups". */
  place: string
}

/** The message of the numbers, as a list. */
export function describeTrend({
  name,
  series,
  window,
  sources,
  place,
  burstScore,
  direction,
}: DescribeTrendOptions): string {
  const { latest, usual, total } = summarise(series)
  return say(
    `${capitalise(name)}: ${countOf(total)} in a ${window}, ${latest} in the last ${WINDOW_PARTS[window].partName} (usual: ${format(usual)}), mostly in ${place}.`,
    VERDICTS[movementOf({ burstScore, direction })],
    note('Heard', [sources[0] && shorten(sources[0].title, LONGEST_TITLE)]),
  )
}

const LONGEST_TITLE = 120
/** From this z-score on, a trend is called a burst. */
const BURST = 3

type Movement = 'burst' | 'rising' | 'steady' | 'falling'

function movementOf({ burstScore, direction }: Pick<Burst, 'burstScore' | 'direction'>): Movement {
  return burstScore >= BURST ? 'burst' : direction
}

const VERDICTS: Readonly<Record<Movement, string>> = {
  burst: 'A burst.',
  rising: 'Growing without a jump.',
  steady: 'As usual.',
  falling: 'Cooling down.',
}

/** The latest value, the mean of the earlier values, and the sum. */
function summarise(series: readonly SeriesPoint[]): { latest: number; usual: number; total: number } {
  const values = series.map(({ mentions }) => mentions)
  const total = values.reduce((sum, value) => sum + value, 0)
  const latest = values.at(-1) ?? 0
  return { latest, usual: Math.round(((total - latest) / Math.max(1, values.length - 1)) * 10) / 10, total }
}

function format(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(value)
}

interface FoundTrend {
  trendKey: string
  name: string
  sources: TrendSource[]
}

interface RankOptions<Found> {
  window: TrendWindow
  series: readonly { trendKey: string; series: SeriesPoint[] }[]
  bursts: readonly ({ trendKey: string } & Burst)[]
  /** The place with the most mentions: "news", "groups". */
  placeOf: (found: Found) => string
}

/** The trends of a survey with counts, burst and a summary; the strongest burst first. */
export function rankTrends<Found extends FoundTrend>(
  all: readonly Found[],
  { window, series, bursts, placeOf }: RankOptions<Found>,
): (Found & Burst & { series: SeriesPoint[]; summary: string })[] {
  return all
    .flatMap((found) => {
      const burst = bursts.find(({ trendKey }) => trendKey === found.trendKey)
      if (!burst) return []
      const points = series.find(({ trendKey }) => trendKey === found.trendKey)?.series ?? []
      const summary = describeTrend({ ...found, ...burst, series: points, window, place: placeOf(found) })
      return [{ ...found, ...burst, series: points, summary }]
    })
    .toSorted(byBurst)
}

interface Trend extends Burst {
  trendKey: string
  name: string
  series: readonly SeriesPoint[]
  sources: readonly TrendSource[]
}

const ACTIONS: Readonly<Record<Movement, string>> = {
  burst: 'Act now, while it is new.',
  rising: 'Plan a series; there is time to do it well.',
  steady: 'Keep it as a standing subject.',
  falling: 'Leave it, or close the subject.',
}

/** The advice for each medium. */
const MOVES: Readonly<Record<TrendMedium, string>> = {
  news: 'Offer the editors an expert and a number of your own.',
  social: 'Show your own view in one picture.',
  video: 'Film the answer to the most frequent question, and give it in the first three seconds.',
  forums: 'Answer open questions under your own name, without a link.',
  search: 'Write the page that people are looking for, with the answer in its first sentence.',
  shops: 'Put what fits on the first page, with one line that says why.',
}

const RISKS: Readonly<Record<Movement, string>> = {
  burst: 'Everybody sees it at the same time: have something of your own to say.',
  rising: 'It may stop growing: look again before spending money.',
  steady: 'Nobody is waiting for it: it needs a new angle.',
  falling: 'What takes a month to make comes too late.',
}

/** Terms with at most this many mentions are a hint. */
const FEW = 5

/** Advice for a trend by its movement and medium, and the argument against it, with numbers. */
export function draftOpportunity(trend: Trend & { window: TrendWindow; medium: TrendMedium }) {
  const { trendKey, series, window, medium } = trend
  const { latest, usual, total } = summarise(series)
  const movement = movementOf(trend)
  return {
    trendKey,
    angle: say(
      ACTIONS[movement],
      movement === 'falling' ? '' : MOVES[medium],
      `Last ${WINDOW_PARTS[window].partName}: ${countOf(latest)}; usual: ${format(usual)}.`,
    ),
    risk: say(total <= FEW ? `Only ${countOf(total)}: a hint, not a proof.` : '', RISKS[movement]),
  }
}

const REGION_NAMES = new Intl.DisplayNames('en', { type: 'region' })
/** Terms with at most this many mentions are no trend. */
const ANECDOTE = 3

/** The meaning of a trend in one region, by its movement there and its origin, with numbers. */
export function draftLocalAngle(trend: Trend & { region: string; spread: Spread | undefined }) {
  const { trendKey, region, series, sources, spread } = trend
  const { latest, total } = summarise(series)
  return {
    region,
    trendKey,
    angle: say(
      spread ? `${originOf(spread, region)}.` : '',
      `${nameOf(region)}: ${total === 0 ? 'not mentioned yet' : `${countOf(total)}, ${latest} of them new`}.`,
      total === 0 ? 'Be the first, or wait.' : ACTIONS[movementOf(trend)],
    ),
    caution: say(
      total === 0 ? 'Nothing shows yet that it will come.' : '',
      total > 0 && total <= ANECDOTE ? `Only ${countOf(total)}: an anecdote, not a trend.` : '',
      total > ANECDOTE ? 'Let somebody who lives there read the text first.' : '',
      note('Heard there', [sources[0]?.title]),
    ),
  }
}

function originOf({ origin, followers }: Spread, region: string): string {
  if (origin === region) return 'It began here'
  const lag = followers.find((follower) => follower.region === region)?.lagDays ?? 0
  const later = lag === 0 ? '' : `, ${format(lag)} ${lag === 1 ? 'day' : 'days'} earlier`
  return `Origin: ${nameOf(origin)}${later}`
}

function nameOf(region: string): string {
  return REGION_NAMES.of(region) ?? region
}

function countOf(mentions: number): string {
  return `${mentions} ${mentions === 1 ? 'mention' : 'mentions'}`
}

/** What to write into a post of each kind; the first note follows the name of the trend. */
const FACEBOOK_POSTS: Readonly<Record<FacebookPostKind, readonly [string, ...string[]]>> = {
  text: ['one question', 'Your own experience, in one sentence'],
  photo: ['what it looks like at your place today', 'Your photo, unposed'],
  reel: ['the first second, without words', 'Second 3: what most people get wrong', 'Second 8: how you do it'],
  link: ['what it means for your readers', 'The link, and how long it takes to read'],
  live: ['your answers to live questions', 'Day and time'],
  poll: ['the question', 'Two answers to choose from'],
}

/** The outline of a post about a trend; the writer fills the brackets. */
export function draftFacebookPost(kind: FacebookPostKind, { name, sources }: Pick<Trend, 'name' | 'sources'>): string {
  const [first, ...others] = FACEBOOK_POSTS[kind]
  const heard = note('Heard', [sources[0]?.title])
  return [`${capitalise(name)}: [${first}]`, ...[...others, heard].filter(Boolean).map((line) => `[${line}]`)].join(
    '\n',
  )
}
