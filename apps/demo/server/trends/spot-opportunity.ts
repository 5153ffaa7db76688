import type { TrendMedium, TrendWindow } from '@brandkit/core/brand-tasks'
import { lowerFirst, shorten } from '../words.ts'
import { type SeriesPoint, WINDOW_PARTS } from './count-mentions.ts'
import { format, summarise, type TrendSource } from './describe-trend.ts'
import type { Burst } from './detect-burst.ts'
import { LEAST_RELEVANCE } from './survey-trends.ts'

export interface Opportunity {
  trendKey: string
  angle: string
  risk: string
}

interface SpotOpportunityOptions extends Burst {
  trendKey: string
  name: string
  topic: string
  window: TrendWindow
  series: readonly SeriesPoint[]
  sources: readonly TrendSource[]
  medium: TrendMedium
  /** The part of its mentions that also mention the topic, 0 to 1. */
  relevance: number
}

/** What one does where the talk is. */
const MOVES: Readonly<Record<TrendMedium, string>> = {
  news: 'offer the desks that write about it somebody who can explain it, with a number of your own',
  social: 'show your own take in a picture, in the same words that people use',
  video: 'film the answer to the question that comes up most, and put the answer in the first three seconds',
  forums: 'answer the open questions there, under your name and without a link in the first answer',
  search: 'write the page that people are looking for, and answer in its first sentence',
  shops: 'put what fits on the first page, and say in one line why it does',
}

const BURST = 3
const TROUBLE =
  /\b(ban\w*|bitter|broken|collaps\w*|complain\w*|court|divide\w*|error\w*|fake|fraud|lawsuit|noise|not amused|over\?|recall\w*|scam\w*|short(?:age)?|streit\w*|bricht|warn\w*|wrong)\b/i

/** What to do about a trend by how it moves and where it is talked about, and what speaks against it, each from the numbers. */
export function spotOpportunity(options: SpotOpportunityOptions): Opportunity {
  const { trendKey, topic, relevance } = options
  const beside =
    relevance < LEAST_RELEVANCE
      ? `Nobody speaks of ${lowerFirst(shorten(topic, 60))} here yet, so the link has to be yours and has to be honest. `
      : ''
  return { trendKey, angle: `${beside}${angleOf(options)}`, risk: riskOf(options) }
}

function angleOf({ name, topic, window, series, medium, burstScore, direction }: SpotOpportunityOptions): string {
  const { partName } = WINDOW_PARTS[window]
  const { latest, usual, total } = summarise(series)
  const subject = lowerFirst(shorten(topic, 60))
  if (burstScore >= BURST) {
    return `Bring ${subject} into the talk on ${name} now, while it is new: ${MOVES[medium]}. ${latest} mentions in the last ${partName} against ${format(usual)} before will not last.`
  }
  if (direction === 'rising') {
    return `Plan a series on ${name} and ${subject}: it grows without a jump, so there is time to do it well. Begin where it is loudest: ${MOVES[medium]}.`
  }
  if (direction === 'falling') {
    return `Say the last word on ${name}, if it touches ${subject} at all: what stays of it, and for whom. Otherwise spend nothing on it.`
  }
  return `Keep ${name} as a standing subject beside ${subject}: ${total} mentions, spread evenly, come back every ${window}. It needs no date, only a regular place.`
}

function riskOf({ name, window, series, sources, burstScore }: SpotOpportunityOptions): string {
  const { partName } = WINDOW_PARTS[window]
  const { latest, total } = summarise(series)
  const critical = sources.find(({ title }) => TROUBLE.test(title))
  if (critical) return `There are critical voices: “${shorten(critical.title, 120)}”. Read them before you join in.`
  if (total <= 5) return `It rests on ${total} mentions: a hint, not a proof. Look again before spending money.`
  if (burstScore >= BURST && latest / total > 0.5) {
    return `More than half of it is one ${partName} old. It may be over before something is made; keep the first answer small.`
  }
  if (burstScore >= BURST)
    return `Everybody sees ${name} at the same time. Whoever only repeats it is one of many; have something of your own to say.`
  return `Nobody waits for ${name}: it takes an angle that is new, or a place where it is missing.`
}
