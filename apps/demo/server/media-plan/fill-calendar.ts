import type { MediaChannel, MediaObjective } from '@brandkit/core/brand-tasks'
import { splitByWeight } from '../split-by-weight.ts'
import { quote } from '../words.ts'
import { CHANNEL_PROFILES } from './channel-profiles.ts'

interface CalendarWeek {
  /** From 1. */
  week: number
  /** The first day of the week as an ISO 8601 date. */
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
}

/** Splits each channel's money over the weeks, weighted by phase; the weeks add up to the channel's budget exactly. */
export function fillCalendar(options: FillCalendarOptions): CalendarWeek[] {
  const { weeks, startDate, budget, campaignName, objective } = options
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
      return amount === 0
        ? []
        : [{ channel, amount, message: `${FORMATS[channel]} for ${quote(campaignName)}: ${TASKS[phase][objective]}.` }]
    }),
  }))
}

/** Calendar arithmetic in UTC, so that time zones cannot move a week. */
function addWeeks(date: string, weeks: number): string {
  const moved = new Date(`${date}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + 7 * weeks)
  return moved.toISOString().slice(0, 10)
}

type CampaignPhase = 'launch' | 'sustain' | 'finale'

/** The first quarter of the weeks is the launch, the last sixth the finale; a single week is all launch. */
function phaseOfWeek(week: number, weeks: number): CampaignPhase {
  if (week <= Math.ceil(weeks / 4)) return 'launch'
  return week > weeks - Math.ceil(weeks / 6) ? 'finale' : 'sustain'
}

/** The aim of a placement in each phase, for the copywriter. */
const TASKS: Readonly<Record<CampaignPhase, Readonly<Record<MediaObjective, string>>>> = {
  launch: {
    awareness: 'introduce the name',
    consideration: 'say what it is, and why now',
    conversion: 'say that it can be had from today on',
    loyalty: 'tell customers first',
  },
  sustain: {
    awareness: 'tell the story behind it',
    consideration: 'give three reasons',
    conversion: 'ask for the first try',
    loyalty: 'show more of what customers like',
  },
  finale: {
    awareness: 'show what it has started',
    consideration: 'answer the last doubt',
    conversion: 'name the last day',
    loyalty: 'thank customers with something extra',
  },
}

const FORMATS: Readonly<Record<MediaChannel, string>> = {
  search: 'Text ad',
  social: 'Carousel',
  video: 'Spot of 15 seconds',
  display: 'Banner',
  email: 'Newsletter',
  audio: 'Spot of 20 seconds',
  'out-of-home': 'Poster',
  influencer: 'Creator post',
}
