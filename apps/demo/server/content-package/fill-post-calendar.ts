import type { SocialChannel } from '@brandkit/core/brand-tasks'
import { CHANNEL_STYLES } from './channel-styles.ts'

export interface PostSlot {
  postKey: string
  channel: SocialChannel
  date: string
  /** `HH:MM` */
  time: string
}

const DAY_MS = 86_400_000

/**
 * Each channel's posts evenly over the weeks: the k-th of n in the k-th part of the time, there on the channel's best day that it
 * has not used yet, at the channel's times in turn. Never before the first or after the last day. Earliest first.
 */
export function fillPostCalendar(
  posts: readonly { postKey: string; channel: SocialChannel }[],
  { startDate, weeks }: FillPostCalendarOptions,
): PostSlot[] {
  const channels = [...new Set(posts.map(({ channel }) => channel))]
  return channels
    .flatMap((channel) =>
      slotsOf(
        posts.filter((post) => post.channel === channel),
        channel,
        { startDate, weeks },
      ),
    )
    .toSorted((one, other) =>
      compare(`${one.date} ${one.time} ${one.channel}`, `${other.date} ${other.time} ${other.channel}`),
    )
}

interface FillPostCalendarOptions {
  /** ISO 8601. */
  startDate: string
  weeks: number
}

function slotsOf(
  posts: readonly { postKey: string }[],
  channel: SocialChannel,
  { startDate, weeks }: FillPostCalendarOptions,
): PostSlot[] {
  const { days, times } = CHANNEL_STYLES[channel]
  const start = Date.parse(`${startDate}T00:00:00Z`)
  const used = new Set<number>()
  return posts.map(({ postKey }, index) => {
    const from = Math.floor((index * weeks * 7) / posts.length)
    const to = Math.max(from + 1, Math.floor(((index + 1) * weeks * 7) / posts.length))
    const candidates = Array.from({ length: to - from }, (_, offset) => from + offset)
    const rankOf = (day: number) => {
      const rank = days.indexOf(new Date(start + day * DAY_MS).getUTCDay())
      return (rank === -1 ? days.length : rank) + (used.has(day) ? 10 : 0)
    }
    const day = candidates.toSorted((one, other) => rankOf(one) - rankOf(other) || one - other)[0] ?? from
    used.add(day)
    const date = new Date(start + day * DAY_MS).toISOString().slice(0, 10)
    return { postKey, channel, date, time: times[index % times.length] ?? times[0] }
  })
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
