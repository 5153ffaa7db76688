import type { FacebookPostKind, TrendMedium, TrendWindow } from '@brandkit/core/brand-tasks'
import { type SeriesPoint, WINDOW_PARTS } from '../trends/count-mentions.ts'
import { format, summarise, type TrendSource } from '../trends/describe-trend.ts'
import type { Burst } from '../trends/detect-burst.ts'
import type { Spread } from '../trends/follow-spread.ts'
import { capitalise, quote } from '../words.ts'
import { fillDraft } from './fill-draft.ts'

interface Trend extends Burst {
  trendKey: string
  name: string
  topic: string
  series: readonly SeriesPoint[]
  sources: readonly TrendSource[]
}

/** From this z-score on, a trend is called a burst. */
const BURST = 3

/** The movement of a trend, as a key of the tables below. */
type Movement = 'burst' | 'rising' | 'steady' | 'falling'

function movementOf({ burstScore, direction }: Burst): Movement {
  return burstScore >= BURST ? 'burst' : direction
}

const ACTIONS: Readonly<Record<Movement, string>> = {
  burst: 'act now, while it is new',
  rising: 'plan a series; there is time to do it well',
  steady: 'keep it as a standing subject; it needs no date',
  falling: 'say the last word on it, or leave it',
}

/** The advice for each medium. */
const MOVES: Readonly<Record<TrendMedium, string>> = {
  news: 'Offer the desks that write about it somebody who can explain it, with a number of your own.',
  social: 'Show your own take in a picture.',
  video: 'Film the answer to the question that comes up most; the answer comes in the first three seconds.',
  forums: 'Answer the open questions there, under your name and without a link in the first answer.',
  search: 'Write the page that people are looking for, and answer in its first sentence.',
  shops: 'Put what fits on the first page, and say in one line why it does.',
}

const RISKS: Readonly<Record<Movement, string>> = {
  burst: 'Everybody sees it at the same time; have something of your own to say.',
  rising: 'It may not go on growing; look again before spending money.',
  steady: 'Nobody waits for it; it takes an angle that is new.',
  falling: 'What takes a month to make will come too late.',
}

const FEW = 5
const TROUBLE =
  /\b(ban\w*|bitter|broken|collaps\w*|complain\w*|court|divide\w*|error\w*|fake|fraud|lawsuit|noise|not amused|over\?|recall\w*|scam\w*|short(?:age)?|streit\w*|bricht|warn\w*|wrong)\b/i

/** Advice for a trend by its movement and medium, and the argument against it, each with numbers. */
export function draftOpportunity(trend: Trend & { window: TrendWindow; medium: TrendMedium }): {
  trendKey: string
  angle: string
  risk: string
} {
  const { trendKey, topic, series, sources, window, medium } = trend
  const { latest, usual, total } = summarise(series)
  const movement = movementOf(trend)
  const critical = sources.find(({ title }) => TROUBLE.test(title))
  const reasons = [
    ...(critical ? [`There are critical voices: ${quote(critical.title)}.`] : []),
    ...(total <= FEW ? [`It rests on ${countOf(total)}: a hint, not a proof.`] : []),
    RISKS[movement],
  ]
  const numbers = `Last ${WINDOW_PARTS[window].partName}: ${countOf(latest)}; usual: ${format(usual)}.`
  return {
    trendKey,
    angle: [
      `For ${quote(topic)}: ${ACTIONS[movement]}.`,
      ...(movement === 'falling' ? [] : [MOVES[medium]]),
      numbers,
    ].join(' '),
    risk: reasons.slice(0, 2).join(' '),
  }
}

const REGION_NAMES = new Intl.DisplayNames('en', { type: 'region' })
/** Terms with at most this many mentions are no trend. */
const ANECDOTE = 3

/** The meaning of a trend in one region, by its movement there and its origin, with numbers. */
export function draftLocalAngle(trend: Trend & { region: string; spread: Spread | undefined }): {
  region: string
  trendKey: string
  angle: string
  caution: string
} {
  const { trendKey, region, topic, series, sources, spread } = trend
  const { latest, total } = summarise(series)
  const [heard] = sources
  return {
    region,
    trendKey,
    angle: [
      ...(spread ? [`${originOf(spread, region)}.`] : []),
      `${nameOf(region)}: ${total === 0 ? 'not mentioned yet' : `${countOf(total)}, ${latest} of them new`}.`,
      `For ${quote(topic)}: ${total === 0 ? 'be the first, or wait' : ACTIONS[movementOf(trend)]}.`,
    ].join(' '),
    caution: [
      total <= ANECDOTE
        ? `${countOf(total)}: an anecdote, not a trend.`
        : 'Have somebody who lives there read it first.',
      ...(heard ? [`What is said there: ${quote(heard.title)}.`] : []),
    ].join(' '),
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

/** The beginning of a post of each kind; the writer fills the brackets. */
const FACEBOOK_POSTS: Readonly<Record<FacebookPostKind, readonly string[]>> = {
  text: ['{=name}: one question.', '[Your own experience, in one sentence]', 'What is yours?'],
  photo: ['{=name}: what it looks like here today.', '[Your photo, unposed]', 'Show us yours.'],
  reel: ['Second 1, without a word: {=name}.', 'Second 3: [what most get wrong].', 'Second 8: [how you do it].'],
  link: [
    '{=name}: what it means for {topic}.',
    '[The link, and how long it takes to read]',
    'Heard elsewhere: {heard}.',
  ],
  live: ['{=name}: live, your questions first.', '[Day and time]', 'Write your question below.'],
  poll: ['{=name}: here to stay, or gone by spring?', '[Two answers to choose from]', 'Tell us why.'],
}

/** The first draft of a post about a trend. */
export function draftFacebookPost({ kind, name, topic, heard }: FacebookPostOptions): string {
  return fillDraft(FACEBOOK_POSTS[kind], { name: [capitalise(name)], topic: [topic], heard: heard ? [heard] : [] })
}

interface FacebookPostOptions {
  kind: FacebookPostKind
  name: string
  topic: string
  /** A headline from a source, quoted. */
  heard: string | undefined
}
