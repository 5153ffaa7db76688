import { type DurationStats, isTerminal, type TaskHints } from '@brandkit/core'
import { toIsoTime } from '../../iso-time.js'
import type { StoredTask } from '../../store/task-store.js'
import type { StoreOutlook } from '../../store/store-outlook.js'
import { toDurationStats } from './duration-stats.js'

/** The last position that clients are told; it means "here or later". */
export const LAST_POSITION = 1_000

interface Place {
  /** From 1. */
  position: number
  /** How long the tasks before this place will probably take, in milliseconds; NaN if unknown. */
  waitMs: number
}

/** The store's outlook, prepared for estimates. */
export interface Outlook {
  /** Keyed by task id. */
  places: ReadonlyMap<string, Place>
  /** The place of a task that joined the queue after the outlook; `null` without an outlook. */
  end: Place | null
  durations: ReadonlyMap<string, DurationStats>
}

/** The estimates for the tasks of a reply. */
export interface Expectation {
  /** Hints for active tasks, by task id. */
  hints: Record<string, TaskHints>
  /** When to ask again, in milliseconds from now; absent when all tasks have ended. */
  pollAfterMs?: number
}

/** The fields of a task that an estimate needs. */
export type Expecting = Pick<StoredTask, 'taskId' | 'type' | 'status' | 'runAt' | 'startedAt' | 'waitsFor'>

export function toOutlook({ waiting, processing, durations }: StoreOutlook): Outlook {
  const known = new Map(Object.entries(durations).map(([type, all]) => [type, toDurationStats(all)]))
  const places = new Map<string, Place>()
  // The number of running tasks shows how many can run at once. A type without durations makes all later waits NaN.
  const atOnce = Math.max(1, processing)
  let waitMs = 0
  for (const [index, { taskId, type }] of waiting.entries()) {
    places.set(taskId, { position: index + 1, waitMs })
    waitMs += (known.get(type)?.medianMs ?? NaN) / atOnce
  }
  const isCut = waiting.length >= LAST_POSITION
  const end = isCut ? { position: LAST_POSITION, waitMs: NaN } : { position: waiting.length + 1, waitMs }
  return { places, end, durations: known }
}

/** @param now milliseconds since the epoch, by this process's clock; a wrong clock only makes estimates wrong */
export function toExpectation(tasks: Iterable<Expecting>, outlook: Outlook, now: number): Expectation {
  const hints: Expectation['hints'] = {}
  let pollAfterMs = Infinity
  for (const task of tasks) {
    if (isTerminal(task.status)) continue
    // It waits for tasks that may not be in this reply, so its end is unknown.
    if (task.waitsFor) {
      pollAfterMs = Math.min(pollAfterMs, LONGEST_PAUSE_MS.active)
      continue
    }
    const dueInMs = task.status === 'queued' ? Date.parse(task.runAt) - now : 0
    const place = task.status === 'queued' && dueInMs <= 0 ? (outlook.places.get(task.taskId) ?? outlook.end) : null
    const restMs = restOf(task, { outlook, now, waitMs: place?.waitMs ?? Math.max(0, dueInMs) })
    const hint: TaskHints = {}
    if (place) hint.position = place.position
    const hasEnd = isMoment(now + restMs)
    if (hasEnd) hint.estimatedCompletion = toIsoTime(now + restMs)
    if (place || hasEnd) hints[task.taskId] = hint
    const pauseMs =
      dueInMs > 0 ? toPause(dueInMs, LONGEST_PAUSE_MS.scheduled) : toPause(restMs / 8, LONGEST_PAUSE_MS.active)
    pollAfterMs = Math.min(pollAfterMs, pauseMs)
  }
  return pollAfterMs === Infinity ? { hints } : { hints, pollAfterMs }
}

/** The time from now to the task's end, in milliseconds, if the task takes as long as most of its type; NaN if unknown. */
function restOf(
  { type, status, startedAt }: Expecting,
  { outlook, now, waitMs }: { outlook: Outlook; now: number; waitMs: number },
): number {
  const durations = outlook.durations.get(type)
  if (!durations) return NaN
  const { medianMs, p95Ms } = durations
  if (status === 'queued') return waitMs + medianMs
  const ranMs = now - Date.parse(startedAt ?? '')
  if (ranMs < medianMs) return medianMs - ranMs
  // A task that runs longer than the median may end by the 95th percentile; after that its end is unknown.
  return ranMs < p95Ms ? p95Ms - ranMs : NaN
}

const SHORTEST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = { active: 10_000, scheduled: 60_000 }

function toPause(ms: number, longest: number): number {
  if (Number.isNaN(ms)) return SHORTEST_PAUSE_MS
  return Math.round(Math.min(longest, Math.max(SHORTEST_PAUSE_MS, ms)))
}

/** Whether a `Date` can hold the time (ECMA-262: at most 8.64e15 ms from the epoch). */
function isMoment(ms: number): boolean {
  return Math.abs(ms) <= 8.64e15
}
