import { assertOptions, LONGEST_TIME_MS, type OptionRules, SOME_TIME } from '@brandkit/core'
import { BEAT_MS, LEASE_MS } from '../store/lease.js'

/** The clockwork of a server, in milliseconds. */
export interface Timings {
  /** How long a worker may be silent before its task is given to another. Default 30,000. */
  leaseMs: number
  /** How often a worker prolongs its leases. Default 5,000. */
  beatMs: number
  /** How often maintenance runs. Default 5,000. */
  maintenanceMs: number
  /** How long `stop()` lets running tasks finish before it hands them back. Default 10,000. */
  drainMs: number
  /** Ended tasks lose payload, result and steps after this. Default 30 days. */
  retentionMs: number
  /** Tombstones vanish after this many more. Default 90 days. */
  tombstoneMs: number
  /** How long a task may wait to be started. Default 24 hours. */
  timeToLiveMs: number
  /**
   * A stream of events ends after this at the latest, and its reader connects again: choose less than the platform's
   * limit. Up to a fifth is taken off at random, so that readers do not return together. Default 5 minutes.
   */
  streamMs: number
  /** How often the reader of a stream is authenticated again. Default 60,000. */
  reauthenticateMs: number
}

const DAY = 24 * 60 * 60 * 1_000

export const DEFAULT_TIMINGS: Timings = {
  leaseMs: LEASE_MS,
  beatMs: BEAT_MS,
  maintenanceMs: 5_000,
  drainMs: 10_000,
  retentionMs: 30 * DAY,
  tombstoneMs: 90 * DAY,
  timeToLiveMs: DAY,
  streamMs: 5 * 60 * 1_000,
  reauthenticateMs: 60_000,
}

/** Longest time of one attempt, unless the catalog says otherwise. */
export const DEFAULT_TIMEOUT_MS = 15 * 60 * 1_000

/** Retries after the first attempt, unless the catalog says otherwise. */
export const DEFAULT_MAX_RETRIES = 3

const LONG_AFTER = `Write ${LONGEST_TIME_MS} for a hundred years.`

const RULES: OptionRules<Timings> = {
  leaseMs: { least: 2, most: 30 * DAY },
  // A heart that beats less often than once a day is none.
  beatMs: { least: 1, most: DAY },
  // More often than a hundred times a second it would do nothing else.
  maintenanceMs: {
    least: 10,
    most: DAY,
    insteadOfInfinity: 'Recovery needs maintenance; write 60_000 for once a minute.',
  },
  drainMs: {
    least: 0,
    most: 30 * DAY,
    insteadOfInfinity: 'Write how long the platform waits before it ends a process.',
  },
  retentionMs: { least: 0, most: LONGEST_TIME_MS, insteadOfInfinity: LONG_AFTER },
  tombstoneMs: { least: 0, most: LONGEST_TIME_MS, insteadOfInfinity: LONG_AFTER },
  timeToLiveMs: { ...SOME_TIME, insteadOfInfinity: LONG_AFTER },
  streamMs: { ...SOME_TIME, insteadOfInfinity: LONG_AFTER },
  reauthenticateMs: { ...SOME_TIME, insteadOfInfinity: LONG_AFTER },
}

/** @throws TypeError or RangeError for an unknown name, for a number that makes no sense, and for two that contradict each other */
export function toTimings(overrides: Partial<Timings> = {}): Timings {
  assertOptions('timings', overrides, RULES, { isClosed: true })
  const names = Object.keys(DEFAULT_TIMINGS) as (keyof Timings)[]
  // As they were checked: through getters and prototypes.
  const timings = Object.fromEntries(
    names.map((name) => [name, overrides[name] ?? DEFAULT_TIMINGS[name]]),
  ) as unknown as Timings
  if (timings.beatMs * 2 > timings.leaseMs) {
    throw new RangeError(
      `timings.beatMs (${timings.beatMs}) must be at most half of leaseMs (${timings.leaseMs}), or one late beat loses the task.`,
    )
  }
  return timings
}

const SHORTEST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 5_000

/** How long a client shall wait before it connects again: spread, so that those who were cut off together do not return together. */
export function drawPauseMs(): number {
  return Math.round(SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS))
}
