import { reasonOf, throwIfAborted } from '../abort-signals.js'
import { listen, stopAll } from '../page-events.js'
import type { WatchOptions, WatchTasks } from '../watch-tasks.js'
import type { TaskTabs } from './task-tabs.js'

interface TabStreamOptions {
  /** The server's event stream; absent if the service uses no streams. */
  watch: WatchTasks | undefined
  tabs: TaskTabs
}

/**
 * The event stream of a tab: the leader has the server's stream, and other tabs receive the leader's posts. The
 * follower sees no difference, so it polls by itself when the leader is silent.
 */
export function createTabStream({ watch, tabs }: TabStreamOptions): WatchTasks {
  /**
   * Resolves when this tab becomes the leader. The next connection is to the server, and begins with a fresh snapshot.
   */
  async function receiveFromLeader({ signal, onEvent, onAlive }: WatchOptions): Promise<void> {
    const stop = tabs.onMessage((message) => {
      switch (message.kind) {
        case 'beat':
          onAlive?.()
          break
        case 'snapshot':
        case 'tasks':
          onAlive?.()
          onEvent({ event: message.kind, data: message })
          break
        default:
      }
    })
    tabs.post({ kind: 'join' })
    try {
      await untilLeading(tabs, signal)
    } finally {
      stop()
    }
  }

  return async (options) => {
    if (!tabs.isLeader()) await receiveFromLeader(options)
    if (watch) return watch(options)
    // `end` means that no events will come, so the follower polls.
    options.onEvent({ event: 'end', data: {} })
  }
}

/** Resolves when this tab leads; rejects with the reason of the aborted signal. */
async function untilLeading(tabs: TaskTabs, signal: AbortSignal): Promise<void> {
  throwIfAborted(signal)
  return new Promise((resolve, reject) => {
    const stop = stopAll(
      tabs.subscribe(() => {
        if (!tabs.isLeader()) return
        stop()
        resolve()
      }),
      listen(signal, ['abort'], () => {
        stop()
        reject(reasonOf(signal))
      }),
    )
  })
}
