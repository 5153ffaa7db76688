import type { SocialChannel } from '@brandkit/core'
import { CHANNEL_NAMES } from '../social-channel-names.ts'

interface ChannelFilterProps {
  channels: readonly SocialChannel[]
  /** `null`: all. */
  chosen: SocialChannel | null
  onChoose: (channel: SocialChannel | null) => void
}

/** Shows the posts of one channel, or of all. */
export function ChannelFilter({ channels, chosen, onChoose }: ChannelFilterProps) {
  return (
    <div className="filter" role="group" aria-label="Channel">
      {[null, ...channels].map((channel) => (
        <button
          key={channel}
          type="button"
          className="secondary"
          aria-pressed={channel === chosen}
          onClick={() => onChoose(channel)}
        >
          {channel ? CHANNEL_NAMES[channel] : 'All channels'}
        </button>
      ))}
    </div>
  )
}
