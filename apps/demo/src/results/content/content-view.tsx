import type { SocialChannel, TaskResult } from '@brandkit/core'
import { useState } from 'react'
import type { PartialResult } from '../../sections/section.ts'
import { ResultCard } from '../result-card.tsx'
import { ChannelFilter } from './channel-filter.tsx'
import { PostCalendar } from './post-calendar.tsx'
import { PostCard } from './post-card.tsx'

export type ContentPackage = TaskResult<'GENERATE_CONTENT_PACKAGE'>

/** Posts as cards, and when they go out. */
export function ContentView({ result }: { result: PartialResult<'GENERATE_CONTENT_PACKAGE'> }) {
  const { angles = [], posts = [], calendar = [] } = result
  const [channel, setChannel] = useState<SocialChannel | null>(null)
  const channels = [...new Set(posts.map((post) => post.channel))]
  const isShown = (of: { channel: SocialChannel }) => channel === null || of.channel === channel
  return (
    <>
      {angles.length > 0 && (
        <ResultCard title="Points of view">
          <dl className="angles">
            {angles.map(({ angle, promise }) => (
              <div key={angle}>
                <dt>{angle}</dt>
                <dd className="soft">{promise}</dd>
              </div>
            ))}
          </dl>
        </ResultCard>
      )}
      {channels.length > 1 && <ChannelFilter channels={channels} chosen={channel} onChoose={setChannel} />}
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
