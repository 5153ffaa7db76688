import type { TaskResult } from '@brandkit/core'
import type { SocialChannel } from '@brandkit/core/brand-tasks'
import { useState } from 'react'
import { CHANNEL_NAMES, RESULT_FORMATS } from '../parts/words.ts'
import {
  CopyText,
  Definitions,
  FilterButtons,
  type PartialResult,
  ResultCard,
  ScrollRegion,
} from '../parts/result-parts.tsx'

const { formatDay } = RESULT_FORMATS

type ContentPackage = TaskResult<'GENERATE_CONTENT_PACKAGE'>

/** Posts as cards, and a calendar with their times. */
export function ContentView({ result }: { result: PartialResult<'GENERATE_CONTENT_PACKAGE'> }) {
  const { angles = [], posts = [], calendar = [] } = result
  const [channel, setChannel] = useState<SocialChannel | null>(null)
  const channels = [...new Set(posts.map((post) => post.channel))]
  const isShown = (of: { channel: SocialChannel }) => channel === null || of.channel === channel
  return (
    <>
      {angles.length > 0 && (
        <ResultCard title="Points of view">
          <Definitions look="angles" entries={angles.map(({ angle, promise }) => ({ name: angle, text: promise }))} />
        </ResultCard>
      )}
      {channels.length > 1 && (
        <FilterButtons
          label="Channel"
          options={[
            { value: null, name: 'All channels' },
            ...channels.map((value) => ({ value, name: CHANNEL_NAMES[value] })),
          ]}
          chosen={channel}
          onChoose={setChannel}
        />
      )}
      {calendar.length > 0 && <PostCalendar entries={calendar.filter(isShown)} posts={posts} />}
      {posts.length > 0 && (
        <ul className="posts" aria-label="Posts">
          {posts.filter(isShown).map((post) => (
            <PostCard key={post.postKey} post={post} slot={calendar.find(({ postKey }) => postKey === post.postKey)} />
          ))}
        </ul>
      )}
    </>
  )
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

interface PostCalendarProps {
  entries: ContentPackage['calendar']
  posts: ContentPackage['posts']
}

/** Weeks down, days across. Each post appears at its day and hour and links to its card. */
function PostCalendar({ entries, posts }: PostCalendarProps) {
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

const DAY_MS = 24 * 60 * 60_000

/** The weeks from the Monday before the first date to the Sunday after the last, as ISO 8601 dates. */
export function toWeeks(dates: readonly string[]): string[][] {
  const [first, last] = [dates.toSorted()[0], dates.toSorted().at(-1)]
  if (first === undefined || last === undefined) return []
  const start = new Date(`${first}T00:00:00Z`)
  const monday = start.getTime() - ((start.getUTCDay() + 6) % 7) * DAY_MS
  const weeks = Math.floor((Date.parse(`${last}T00:00:00Z`) - monday) / (7 * DAY_MS)) + 1
  return Array.from({ length: weeks }, (_week, week) =>
    Array.from({ length: 7 }, (_day, day) => new Date(monday + (week * 7 + day) * DAY_MS).toISOString().slice(0, 10)),
  )
}

interface PostCardProps {
  post: ContentPackage['posts'][number]
  slot: ContentPackage['calendar'][number] | undefined
}

/** A post in its final look: the text is posted exactly as written. */
function PostCard({ post: { postKey, channel, angle, headline, text, visual }, slot }: PostCardProps) {
  return (
    <li className="card post" id={postKey} data-channel={channel}>
      <header>
        <span className="post-channel">{CHANNEL_NAMES[channel]}</span>
        {slot && (
          <span className="soft">
            {formatDay(slot.date)}, {slot.time}
          </span>
        )}
      </header>
      <p className="post-visual">
        <span className="visually-hidden">Picture: </span>
        {visual}
      </p>
      <h3>{headline}</h3>
      <p className="post-text">{text}</p>
      <footer className="soft">
        {angle} · {text.length} characters <CopyText text={text} what={headline} />
      </footer>
    </li>
  )
}
