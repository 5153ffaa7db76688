import type { Clock } from '../../clock.js'
import { createPriorityLine } from '../../priority-line.js'
import type { Delivery } from '../../queue/queue-backend.js'
import type { Publisher } from '../publisher.js'
import type { Turns } from './turns.js'

/**
 * Tasks that this process has created and will claim as soon as a slot is free, without a message: the fast path in front of
 * the engine. A task that waits for 250 ms is also published, as a hint that other processes may take it, and so is one that
 * would wait that long at the pace of the last 25 ms. Hints name the last task first: other processes work at the far end of a
 * flood while this one works at its near end, so no task starts later than it would start here alone. The task stays in the
 * line meanwhile, because a line that moves into the engine would never come back. The claim decides between the two.
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
  /**
   * Names the task that a message of the engine may start, and removes it from the line. A message for a task of this line is a
   * hint that no other process wanted: its turn goes to the head of the line, because hints name what is far behind. A message
   * of a greater priority than the task came with is the ring of its alarm: it starts its own task, which has waited for long.
   */
  turnOf(taskId: string, priority: number): string
  /** Forgets a task that has been taken or cancelled elsewhere. */
  remove(taskId: string): void
  /** Starts what may start now. To be called whenever a slot may be free. */
  advance(): void
  /** Ends the line. Publishes the tasks that still wait and were not published as hints. */
  close(): void
}

/** How long a task may wait, or be expected to wait, before other processes get a hint, in milliseconds. */
export const HINT_AFTER_MS = 250

/** How often a line is compared with the pace of its slots, in milliseconds. Bursts are often over by then. */
export const PACE_MS = 25

/** The most tasks in the line. Further ones are published at once. */
export const MOST_WAITING = 1_000

interface Waiting {
  delivery: Delivery
  /** A time of the monotonic clock. */
  since: number
  isHinted: boolean
}

interface LocalLineOptions {
  turns: Turns
  /** How many tasks at the head of the line are next. They get a hint by their age only. */
  slots: number
  /** Claims the task on the slot that `turns` has taken for it. */
  start: (taskId: string) => void
  publisher: Publisher
  clock: Clock
}

export function createLocalLine({ turns, slots, start, publisher, clock }: LocalLineOptions): LocalLine {
  const line = createPriorityLine<Waiting>()
  /** Keyed by task id, oldest first. */
  const waiting = new Map<string, Waiting>()
  /** Starts since `comparedAt`, which is when the line was last compared with the pace of its slots. */
  let starts = 0
  let comparedAt = 0
  let movedAt = -Infinity
  let stopTimer: (() => void) | undefined
  let isClosed = false

  function leave({ delivery: { taskId }, isHinted }: Waiting): void {
    waiting.delete(taskId)
    if (isHinted) publisher.withdraw(taskId)
  }

  /** Removes the head of the line. */
  function takeHead(): string | undefined {
    for (let head = line.take(); head; head = line.take()) {
      const { taskId } = head.delivery
      // Another process was faster.
      if (waiting.get(taskId) !== head) continue
      leave(head)
      starts += 1
      return taskId
    }
    return undefined
  }

  function startNext(): void {
    while (line.priority !== undefined && turns.mayStart(line.priority)) {
      const taskId = takeHead()
      if (taskId === undefined) return
      turns.start()
      start(taskId)
    }
  }

  function watchPace(): void {
    if (stopTimer || waiting.size === 0) return
    starts = 0
    comparedAt = clock.uptime()
    const compare = () => {
      stopTimer = undefined
      if (giveHints()) watchPace()
    }
    // An idle process may end: the alarms deliver the tasks, too.
    stopTimer = clock.after(PACE_MS, compare, { keepsProcess: false })
  }

  /** @returns whether some tasks have no hint yet */
  function giveHints(): boolean {
    const now = clock.uptime()
    const elapsedMs = now - comparedAt
    const startsInTime = elapsedMs > 0 ? (starts * HINT_AFTER_MS) / elapsedMs : Infinity
    const late: Delivery[] = []
    let ahead = 0
    let untold = 0
    for (const entry of waiting.values()) {
      const isLate = entry.since <= now - HINT_AFTER_MS || ahead >= Math.max(slots, startsInTime)
      ahead += 1
      if (entry.isHinted) continue
      if (!isLate) {
        untold += 1
        continue
      }
      entry.isHinted = true
      late.push({ ...entry.delivery, isHint: true })
    }
    void publisher.publish(late.toReversed())
    return untold > 0
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
      const entry = { delivery, since: clock.uptime(), isHinted: false }
      waiting.set(delivery.taskId, entry)
      line.add(entry, delivery.priority)
      startNext()
      watchPace()
      return true
    },
    turnOf(taskId, priority) {
      const entry = waiting.get(taskId)
      if (!entry) return taskId
      if (priority > entry.delivery.priority) {
        leave(entry)
        return taskId
      }
      // The message is gone, so other processes may need another.
      entry.isHinted = false
      publisher.withdraw(taskId)
      watchPace()
      return takeHead() ?? taskId
    },
    remove(taskId) {
      const entry = waiting.get(taskId)
      if (entry) leave(entry)
    },
    advance() {
      movedAt = clock.uptime()
      startNext()
    },
    close() {
      isClosed = true
      stopTimer?.()
      const untold = [...waiting.values()].filter(({ isHinted }) => !isHinted).map(({ delivery }) => delivery)
      line.clear()
      waiting.clear()
      void publisher.publish(untold)
    },
  }
}
