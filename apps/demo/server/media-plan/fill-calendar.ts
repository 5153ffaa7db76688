import type { MediaChannel, MediaObjective } from '@brandkit/core'
import { type CampaignPhase, phaseOfWeek } from './campaign-phase.ts'
import { CHANNEL_PROFILES } from './channel-profiles.ts'
import { splitByWeight } from '../numbers/largest-remainder.ts'
import { writeMessage } from './write-message.ts'

export interface CalendarWeek {
  /** From 1. */
  week: number
  /** ISO 8601 date of its first day. */
  startDate: string
  phase: CampaignPhase
  placements: { channel: MediaChannel; amount: number; message: string }[]
}

export interface FillCalendarOptions {
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
