import type { TaskHints, TaskSummaryJson } from '@brandkit/core'
import type { TaskConnection } from '../connection-state.js'
import { createListeners, type Listeners } from '../create-listeners.js'

interface TabNews {
  tasks: TaskSummaryJson[]
  hints: Record<string, TaskHints>
}

/** The messages between the tabs of one user. Tasks are wire JSON without payload, or summaries. */
export type TabMessage =
  /** A tab has received news from the server. */
  | ({ kind: 'tasks' } & TabNews)
  /** A tab has deleted tasks. */
  | { kind: 'deleted'; taskIds: readonly string[] }
  /** A new tab asks for the tasks that the leader follows. */
  | { kind: 'join' }
  /** The leader's answer: all tasks that it follows. */
  | ({ kind: 'snapshot' } & TabNews)
  /** The leader is alive, and this is its connection. */
  | { kind: 'beat'; connection: TaskConnection }
  /** A visible tab wants to lead. */
  | { kind: 'ask' }
  /** The leader is hidden now, so a tab that wants to lead may ask. */
  | { kind: 'hidden' }

export interface TabChannel {
  /** Posts to the other tabs, never to this one. */
  readonly post: (message: TabMessage) => void
  readonly subscribe: Listeners<TabMessage>['subscribe']
  /** Returns whether the channel is open. Some pages have no channel, or may not use it. */
  open(): boolean
  close(): void
}

/** Tabs may run code from before and after a release, so messages of other versions are ignored. */
const VERSION = 1

/** Creates a channel with this name, closed until `open`. It carries nothing in browsers without channels. */
export function createTabChannel(name: string): TabChannel {
  const { tell, subscribe } = createListeners<TabMessage>()
  let channel: BroadcastChannel | undefined

  return {
    post: (message) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target, it is of one origin
      channel?.postMessage({ v: VERSION, ...message })
    },
    subscribe,
    open: () => {
      if (channel) return true
      try {
        channel = new BroadcastChannel(name)
      } catch {
        return false
      }
      channel.addEventListener('message', ({ data }: MessageEvent<(TabMessage & { v: number }) | null>) => {
        if (data?.v === VERSION) tell(data)
      })
      return true
    },
    close: () => {
      channel?.close()
      channel = undefined
    },
  }
}
