import type { WatchOptions, WatchTasks } from '@brandkit/client'
import { listen } from './listen.js'
import type { TabChannel } from './tab-channel.js'
import type { TabLeadership } from './tab-leadership.js'

interface TabStreamOptions {
  /** The server's event stream; absent where the service does without. */
  watch: WatchTasks | undefined
  leadership: TabLeadership
  channel: TabChannel
}

/**
 * The event stream as a tab sees it: the leader has the server's, the others hear the leader. To the follower both are
 * the same, so it falls back to polling by itself when the leader has fallen silent.
 */
export function createTabStream({ watch, leadership, channel }: TabStreamOptions): WatchTasks {
  /** Resolves when this tab leads itself: the connection goes on with the server, and begins with a fresh snapshot. */
  async function hearLeader({ signal, onEvent, onAlive }: WatchOptions): Promise<void> {
    const stops: (() => void)[] = []
    try {
      await new Promise<void>((resolve, reject) => {
        stops.push(
          listen(signal, ['abort'], () => reject(signal.reason as Error)),
          leadership.subscribe(() => leadership.isLeader() && resolve()),
          channel.subscribe((message) => {
            const isNews = message.kind === 'snapshot' || message.kind === 'tasks'
            if (isNews || message.kind === 'beat') onAlive?.()
            if (isNews) onEvent({ event: message.kind, data: message })
          }),
        )
        channel.post({ kind: 'join' })
      })
    } finally {
      for (const stop of stops) stop()
    }
  }

  return async (options) => {
    if (!leadership.isLeader()) await hearLeader(options)
    if (watch) return watch(options)
    // "There is nothing to hear": the follower polls.
    options.onEvent({ event: 'end', data: {} })
  }
}
