import type { SocialChannel } from '@brandkit/core/brand-tasks'

interface PostSlot {
  postKey: string
  channel: SocialChannel
  date: string
  /** `HH:MM` */
  time: string
}

const DAY_MS = 86_400_000

interface ChannelRhythm {
  /** Times of day that usually do well, best first: hours and minutes, local. */
  times: readonly [string, ...string[]]
  /** Days that usually do well, best first: 0 is Sunday. */
  days: readonly [number, ...number[]]
}

/** Editorial assumptions of this demo. A real product would take them from the brand's own numbers. */
const RHYTHMS: Readonly<Record<SocialChannel, ChannelRhythm>> = {
  instagram: { times: ['12:15', '19:30'], days: [3, 5, 1, 0] },
  facebook: { times: ['13:00', '18:45'], days: [4, 2, 6, 0] },
  linkedin: { times: ['08:10', '17:05'], days: [2, 3, 4] },
  x: { times: ['09:00', '16:30'], days: [2, 4, 3, 1] },
  tiktok: { times: ['20:00', '16:00'], days: [5, 2, 6] },
  youtube: { times: ['17:00', '11:00'], days: [6, 4, 0] },
  pinterest: { times: ['20:45', '21:30'], days: [0, 6, 5] },
  threads: { times: ['08:45', '21:00'], days: [1, 3, 5] },
}

/**
 * Spreads each channel's posts evenly over the weeks. Post k of n lies in part k of the time, on the channel's best day
 * that is still free, at the channel's times in turn. All posts lie between the first and the last day. Earliest first.
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
  const { days, times } = RHYTHMS[channel]
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
