import type { WatchOptions, WatchTasks } from '@brandkit/client'
import { stopAll } from './stop-all.js'
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
    const over = new AbortController()
    try {
      await new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal })
        const stop = stopAll(
          leadership.subscribe(() => leadership.isLeader() && resolve()),
          channel.subscribe((message) => {
            const { kind } = message
            if (kind === 'beat' || kind === 'snapshot' || kind === 'tasks') onAlive?.()
            if (kind === 'snapshot' || kind === 'tasks')
              onEvent({ event: kind, data: { tasks: [...message.tasks], hints: { ...message.hints } } })
          }),
        )
        over.signal.addEventListener('abort', stop)
        channel.post({ kind: 'join' })
      })
    } finally {
      over.abort()
    }
  }

  return async (options) => {
    if (!leadership.isLeader()) await hearLeader(options)
    if (watch) return watch(options)
    // "There is nothing to hear": the follower polls.
    options.onEvent({ event: 'end', data: {} })
  }
}
