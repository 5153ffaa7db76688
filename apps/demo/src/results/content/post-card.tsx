import { formatDay } from '../format-quantity.ts'
import { CHANNEL_NAMES } from '../social-channel-names.ts'
import type { ContentPackage } from './content-view.tsx'

interface PostCardProps {
  post: ContentPackage['posts'][number]
  slot: ContentPackage['calendar'][number] | undefined
}

/** A post as it would look: what is written is what gets posted. */
export function PostCard({ post: { postKey, channel, angle, headline, text, visual }, slot }: PostCardProps) {
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
        {angle} · {text.length} characters
      </footer>
    </li>
  )
}
