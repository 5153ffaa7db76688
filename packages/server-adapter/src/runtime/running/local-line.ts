import type { Clock } from '../../clock.js'
import { createPriorityLine } from '../../priority-line.js'
import type { Delivery } from '../../queue/queue-backend.js'
import type { Publisher } from '../publisher.js'
import type { Turns } from './turns.js'

/**
 * Tasks that this process has created and will claim as soon as a slot is free, without a message: the fast path in front of
 * the engine. A task that waits for 250 ms is also published, as a hint that other processes may take it. It stays in the line
 * meanwhile, because a line that moves into the engine would never come back. The claim decides between the two.
 *
 * The line holds only ids, and at most 1,000. A process that dies leaves the tasks queued, for their messages or alarms.
 */
export interface LocalLine {
  /**
   * Takes a slot for a task that is about to be created, unless others come first. Such a task is claimed in its insert and
   * never waits here.
   */
  reserve(priority: number): boolean
  /** Takes a task that is due, and starts it if it may; or returns false: the caller then publishes it. */
  add(delivery: Delivery): boolean
  /** Forgets a task that came by a message. */
  remove(taskId: string): void
  /** Starts what may start now. To be called whenever a slot may be free. */
  advance(): void
  /** Ends the line. Publishes the tasks that still wait and were not published as hints. */
  close(): void
}

/** How long a task waits before other processes get a hint, in milliseconds. */
export const HINT_AFTER_MS = 250

/** The most tasks in the line. Further ones are published at once. */
export const MOST_WAITING = 1_000

interface Waiting {
  delivery: Delivery
  /** A time of the monotonic clock. */
  since: number
}

interface LocalLineOptions {
  turns: Turns
  /** Claims the task on the slot that `turns` has taken for it. */
  start: (taskId: string) => void
  publisher: Publisher
  clock: Clock
}

export function createLocalLine({ turns, start, publisher, clock }: LocalLineOptions): LocalLine {
  const line = createPriorityLine<Waiting>()
  /** Keyed by task id, oldest first. */
  const unhinted = new Map<string, Waiting>()
  const hinted = new Map<string, Waiting>()
  let movedAt = -Infinity
  let stopTimer: (() => void) | undefined
  let isClosed = false

  function isWaiting(entry: Waiting): boolean {
    const { taskId } = entry.delivery
    return unhinted.get(taskId) === entry || hinted.get(taskId) === entry
  }

  function remove(taskId: string): void {
    unhinted.delete(taskId)
    hinted.delete(taskId)
  }

  function startNext(): void {
    while (line.priority !== undefined && turns.mayStart(line.priority)) {
      const next = line.take()
      // A message was faster.
      if (!next || !isWaiting(next)) continue
      remove(next.delivery.taskId)
      turns.start()
      start(next.delivery.taskId)
    }
  }

  function scheduleHints(): void {
    const [oldest] = unhinted.values()
    if (!oldest || stopTimer) return
    const giveHints = () => {
      stopTimer = undefined
      hintOlderThan(clock.uptime() - HINT_AFTER_MS)
      scheduleHints()
    }
    // An idle process may end: the alarms deliver the tasks, too.
    stopTimer = clock.after(oldest.since + HINT_AFTER_MS - clock.uptime(), giveHints, { keepsProcess: false })
  }

  function hintOlderThan(time: number): void {
    const late = [...unhinted.values()].filter(({ since }) => since <= time)
    for (const entry of late) {
      unhinted.delete(entry.delivery.taskId)
      hinted.set(entry.delivery.taskId, entry)
    }
    void publisher.publish(late.map(({ delivery }) => delivery))
  }

  /** Whether slots change hands so quickly that waiting here pays: other processes hear of the task only after the hint. */
  function moves(): boolean {
    return clock.uptime() - movedAt < HINT_AFTER_MS
  }

  return {
    reserve(priority) {
      if (isClosed || line.length > 0 || !turns.mayStart(priority)) return false
      movedAt = clock.uptime()
      turns.start()
      return true
    },
    add(delivery) {
      if (isClosed || !moves() || line.length >= MOST_WAITING) return false
      const entry = { delivery, since: clock.uptime() }
      unhinted.set(delivery.taskId, entry)
      line.add(entry, delivery.priority)
      startNext()
      scheduleHints()
      return true
    },
    remove,
    advance() {
      movedAt = clock.uptime()
      startNext()
    },
    close() {
      isClosed = true
      stopTimer?.()
      const untold = [...unhinted.values()].map(({ delivery }) => delivery)
      line.clear()
      unhinted.clear()
      hinted.clear()
      void publisher.publish(untold)
    },
  }
}
