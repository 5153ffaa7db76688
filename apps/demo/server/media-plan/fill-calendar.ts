import type { MediaChannel, MediaObjective } from '@brandkit/core/brand-tasks'
import { splitByWeight } from '../numbers.ts'
import { CHANNEL_PROFILES } from './channel-profiles.ts'

interface CalendarWeek {
  /** From 1. */
  week: number
  /** ISO 8601 date of its first day. */
  startDate: string
  phase: CampaignPhase
  placements: { channel: MediaChannel; amount: number; message: string }[]
}

interface FillCalendarOptions {
  weeks: number
  startDate: string
  budget: readonly { channel: MediaChannel; amount: number }[]
  campaignName: string
  objective: MediaObjective
  keywords: readonly string[]
}

/** Each channel's money over the weeks, leaning by phase; every channel adds up to its budget exactly. */
export function fillCalendar(options: FillCalendarOptions): CalendarWeek[] {
  const { weeks, startDate, budget } = options
  const phases = Array.from({ length: weeks }, (_, index) => phaseOfWeek(index + 1, weeks))
  const byChannel = budget.map(({ channel, amount }) =>
    splitByWeight(
      amount,
      phases.map((phase) => CHANNEL_PROFILES[channel].phases[phase]),
    ),
  )

  return phases.map((phase, index) => ({
    week: index + 1,
    startDate: addWeeks(startDate, index),
    phase,
    placements: budget.flatMap(({ channel }, position) => {
      const amount = byChannel[position]?.[index] ?? 0
      return amount === 0 ? [] : [{ channel, amount, message: writeMessage({ ...options, channel, phase }) }]
    }),
  }))
}

/** Calendar arithmetic in UTC, so that no time zone moves a week. */
function addWeeks(date: string, weeks: number): string {
  const moved = new Date(`${date}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + 7 * weeks)
  return moved.toISOString().slice(0, 10)
}

type CampaignPhase = 'launch' | 'sustain' | 'finale'

/** The first quarter of the weeks launches, the last sixth is the finale; a single week is all launch. */
function phaseOfWeek(week: number, weeks: number): CampaignPhase {
  if (week <= Math.ceil(weeks / 4)) return 'launch'
  return week > weeks - Math.ceil(weeks / 6) ? 'finale' : 'sustain'
}

const OPENERS: Readonly<Record<CampaignPhase, Readonly<Record<MediaObjective, string>>>> = {
  launch: {
    awareness: 'Meet {campaign}',
    consideration: 'Why {campaign}, and why now',
    conversion: '{campaign} is here: be among the first',
    loyalty: '{campaign}: you hear it first',
  },
  sustain: {
    awareness: 'The story behind {campaign}',
    consideration: 'Three good reasons for {campaign}',
    conversion: 'Try {campaign} today',
    loyalty: 'More of what you like: {campaign}',
  },
  finale: {
    awareness: 'What {campaign} started',
    consideration: 'Still thinking about {campaign}?',
    conversion: 'Last days of {campaign}',
    loyalty: 'Thank you: a little extra from {campaign}',
  },
}

const FORMATS: Readonly<Record<MediaChannel, string>> = {
  search: 'text ad',
  social: 'carousel',
  video: '15-second spot',
  display: 'banner',
  email: 'newsletter',
  audio: '20-second spot',
  'out-of-home': 'poster',
  influencer: 'creator post',
}

/** One line that a copywriter can start from. */
function writeMessage({ campaignName, objective, keywords, channel, phase }: WriteMessageOptions): string {
  const opener = OPENERS[phase][objective].replace('{campaign}', () => campaignName)
  const audience = keywords.slice(0, 2).join(' ')
  return `${opener} (${FORMATS[channel]}${audience ? `, for ${audience}` : ''})`
}

interface WriteMessageOptions {
  campaignName: string
  objective: MediaObjective
  keywords: readonly string[]
  channel: MediaChannel
  phase: CampaignPhase
}
