import { formatDay } from '../format-quantity.ts'
import { ResultCard } from '../result-card.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { CHANNEL_NAMES } from '../social-channel-names.ts'
import type { ContentPackage } from './content-view.tsx'
import { toWeeks } from './to-weeks.ts'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

interface PostCalendarProps {
  entries: ContentPackage['calendar']
  posts: ContentPackage['posts']
}

/** Weeks down, days across; each post at its day and hour, and a link to its card. */
export function PostCalendar({ entries, posts }: PostCalendarProps) {
  return (
    <ResultCard title="Calendar" hint="In the brand’s local time.">
      <ScrollRegion label="Calendar by day">
        <table className="month">
          <thead>
            <tr>
              {DAYS.map((day) => (
                <th key={day} scope="col">
                  {day}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {toWeeks(entries.map(({ date }) => date)).map((week) => (
              <tr key={week[0]}>
                {week.map((date) => (
                  <td key={date}>
                    <span className="month-day">
                      <span className="visually-hidden">{formatDay(date)}</span>
                      <span aria-hidden="true">{Number(date.slice(8))}</span>
                    </span>
                    {entries
                      .filter((entry) => entry.date === date)
                      .map(({ postKey, channel, time }) => (
                        <a key={postKey} href={`#${postKey}`} className="month-post" data-channel={channel}>
                          {time} {CHANNEL_NAMES[channel]}
                          <span className="visually-hidden">
                            : {posts.find((post) => post.postKey === postKey)?.headline}
                          </span>
                        </a>
                      ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </ResultCard>
  )
}
