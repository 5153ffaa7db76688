import { assertOptions, LONGEST_TIME_MS, type OptionRules, SOME_TIME } from '@brandkit/core'
import { BEAT_MS, LEASE_MS } from '../store/lease.js'

/** The intervals and time limits of a server, in milliseconds. */
export interface Timings {
  /** How long a worker may miss heartbeats before another worker gets its task. Default 30,000. */
  leaseMs: number
  /** How often a worker prolongs its leases. Default 5,000. */
  beatMs: number
  /** How often maintenance runs. Default 5,000. */
  maintenanceMs: number
  /** How long `stop()` lets running tasks finish before it releases them. Default 10,000. */
  drainMs: number
  /**
   * How long a task that waits for a provider keeps its slot. A task that must wait longer is released until its turn. Default
   * 10,000.
   */
  providerWaitMs: number
  /** Ended tasks lose payload, result and steps after this. Default 30 days. */
  retentionMs: number
  /** Tombstones are removed this much later. Default 90 days. */
  tombstoneMs: number
  /** Entries of the audit are removed after this. Default 365 days. */
  auditMs: number
  /** How long a task may wait to be started. Default 24 hours. */
  timeToLiveMs: number
  /**
   * The longest life of an event stream; its reader then connects again. Choose less than the platform's limit. Each stream
   * gets up to a fifth less, at random, so that readers return at different times. Default 5 minutes.
   */
  streamMs: number
  /** How often the reader of a stream is authenticated again. Default 60,000. */
  reauthenticateMs: number
}

const DAY = 24 * 60 * 60 * 1_000

const DEFAULT_TIMINGS: Timings = {
  leaseMs: LEASE_MS,
  beatMs: BEAT_MS,
  maintenanceMs: 5_000,
  drainMs: 10_000,
  providerWaitMs: 10_000,
  retentionMs: 30 * DAY,
  tombstoneMs: 90 * DAY,
  auditMs: 365 * DAY,
  timeToLiveMs: DAY,
  streamMs: 5 * 60 * 1_000,
  reauthenticateMs: 60_000,
}

/** The longest time of one attempt, in milliseconds, unless the catalog says otherwise. */
export const DEFAULT_TIMEOUT_MS = 15 * 60 * 1_000

/** Retries after the first attempt, unless the catalog says otherwise. */
export const DEFAULT_MAX_RETRIES = 3

const LONG_AFTER = `Write ${LONGEST_TIME_MS} for a hundred years.`

const RULES: OptionRules<Timings> = {
  leaseMs: { least: 2, most: 30 * DAY },
  // A heartbeat less often than once a day would be useless.
  beatMs: { least: 1, most: DAY },
  // More than a hundred passes a second would leave no time for other work.
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
  providerWaitMs: { least: 0, most: DAY, insteadOfInfinity: 'Write 60_000 to keep the slot for a minute.' },
  retentionMs: { least: 0, most: LONGEST_TIME_MS, insteadOfInfinity: LONG_AFTER },
  tombstoneMs: { least: 0, most: LONGEST_TIME_MS, insteadOfInfinity: LONG_AFTER },
  auditMs: { least: 0, most: LONGEST_TIME_MS, insteadOfInfinity: LONG_AFTER },
  timeToLiveMs: { ...SOME_TIME, insteadOfInfinity: LONG_AFTER },
  streamMs: { ...SOME_TIME, insteadOfInfinity: LONG_AFTER },
  reauthenticateMs: { ...SOME_TIME, insteadOfInfinity: LONG_AFTER },
}

/** @throws TypeError or RangeError for an unknown name, a number out of range, or a `beatMs` over half of `leaseMs` */
export function toTimings(overrides: Partial<Timings> = {}): Timings {
  assertOptions('timings', overrides, RULES, { isClosed: true })
  const names = Object.keys(DEFAULT_TIMINGS) as (keyof Timings)[]
  // Reads each name as the check did, because getters and inherited fields count too.
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

/** Draws the wait before a client connects again, in milliseconds. Random, so that clients return at different times. */
export function drawPauseMs(): number {
  return Math.round(SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS))
}
