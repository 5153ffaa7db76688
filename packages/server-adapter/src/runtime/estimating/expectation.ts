import { type DurationStats, isTerminal, type TaskHints } from '@brandkit/core'
import type { StoredTask } from '../../store/task-store.js'
import type { StoreOutlook } from '../../store/store-outlook.js'
import { toDurationStats } from './duration-stats.js'

/** Places in the queue are told up to here; the last means "or later". */
export const LAST_POSITION = 1_000

interface Place {
  /** From 1. */
  position: number
  /** How long those before it will probably take; NaN where nobody can tell. */
  waitMs: number
}

/** What the last look at the store taught. */
export interface Outlook {
  /** Keyed by task id. */
  places: ReadonlyMap<string, Place>
  /** The place of a task that has come since. `null` when nothing could be seen. */
  end: Place | null
  durations: ReadonlyMap<string, DurationStats>
}

/** What the tasks of a reply may expect. */
export interface Expectation {
  /** Tasks that are under way, by task id. */
  hints: Record<string, TaskHints>
  /** When asking again makes sense, in milliseconds; absent when all are over. */
  pollAfterMs?: number
}

/** What a guess needs to know of a task. */
export type Expecting = Pick<StoredTask, 'taskId' | 'type' | 'status' | 'runAt' | 'startedAt'>

export function toOutlook({ waiting, processing, durations }: StoreOutlook): Outlook {
  const known = new Map(Object.entries(durations).map(([type, all]) => [type, toDurationStats(all)]))
  const places = new Map<string, Place>()
  // Those that run now show how many can run at once. An unknown type makes what follows unknown: NaN.
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

/** @param now milliseconds since the epoch, by this process: a wrong clock merely guesses wrong */
export function toExpectation(tasks: Iterable<Expecting>, outlook: Outlook, now: number): Expectation {
  const hints: Expectation['hints'] = {}
  const pauses: number[] = []
  for (const task of tasks) {
    if (isTerminal(task.status)) continue
    const dueInMs = task.status === 'queued' ? Date.parse(task.runAt) - now : 0
    const place = task.status === 'queued' && dueInMs <= 0 ? (outlook.places.get(task.taskId) ?? outlook.end) : null
    const restMs = restOf(task, { outlook, now, waitMs: place?.waitMs ?? Math.max(0, dueInMs) })
    const hint: TaskHints = {
      ...(place && { position: place.position }),
      ...(isMoment(now + restMs) && { estimatedCompletion: new Date(now + restMs).toISOString() }),
    }
    if (Object.keys(hint).length > 0) hints[task.taskId] = hint
    pauses.push(
      dueInMs > 0 ? toPause(dueInMs, LONGEST_PAUSE_MS.scheduled) : toPause(restMs / 8, LONGEST_PAUSE_MS.active),
    )
  }
  return pauses.length === 0 ? { hints } : { hints, pollAfterMs: Math.min(...pauses) }
}

/** From now to the end, if it takes as long as most of its type; NaN where nothing is known. */
function restOf(
  { type, status, startedAt }: Expecting,
  { outlook, now, waitMs }: { outlook: Outlook; now: number; waitMs: number },
): number {
  const { medianMs = NaN, p95Ms = NaN } = outlook.durations.get(type) ?? {}
  if (status === 'queued') return waitMs + medianMs
  const ranMs = now - Date.parse(startedAt ?? '')
  if (ranMs < medianMs) return medianMs - ranMs
  // It is one of the slow ones; of one that is slower than nearly all others nobody can tell.
  return ranMs < p95Ms ? p95Ms - ranMs : NaN
}

const SHORTEST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = { active: 10_000, scheduled: 60_000 }

function toPause(ms: number, longest: number): number {
  if (Number.isNaN(ms)) return SHORTEST_PAUSE_MS
  return Math.round(Math.min(longest, Math.max(SHORTEST_PAUSE_MS, ms)))
}

/** Within what a `Date` can hold. */
function isMoment(ms: number): boolean {
  return Math.abs(ms) <= 8.64e15
}
