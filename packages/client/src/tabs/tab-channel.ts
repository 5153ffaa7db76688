import type { TaskHints, TaskJson } from '@brandkit/core'
import type { TaskConnection } from '../connection-state.js'
import { createListeners, type Listeners } from '../create-listeners.js'

export interface TabNews {
  tasks: TaskJson[]
  hints: Record<string, TaskHints>
}

/** What the tabs of one user tell each other. Tasks are wire JSON without payload. */
export type TabMessage =
  /** A tab has received something new from the server. */
  | ({ kind: 'tasks' } & TabNews)
  /** A tab has deleted a task. */
  | { kind: 'deleted'; taskId: string }
  /** A tab wants to know what the leader follows. */
  | { kind: 'join' }
  /** The leader's answer: all that it follows. */
  | ({ kind: 'snapshot' } & TabNews)
  /** The leader is alive, and this is its connection. */
  | { kind: 'beat'; connection: TaskConnection }
  /** A visible tab wants to lead. */
  | { kind: 'ask' }
  /** The leader cannot be seen any more: a tab that wants to lead may ask. */
  | { kind: 'hidden' }

export interface TabChannel {
  /** Tells the other tabs, never this one. */
  readonly post: (message: TabMessage) => void
  readonly subscribe: Listeners<TabMessage>['subscribe']
  /** Returns whether it is open: a page may have no channel, or none that it may use. */
  open(): boolean
  close(): void
}

/** Tabs may have been loaded before and after a release: what another version says is not listened to. */
const VERSION = 1

/** The channel of a name, closed until `open`. It carries nothing where none can be opened. */
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
