import type { TerminalStatus } from '@brandkit/core'
import type { StoredTask } from './task-store.js'

/**
 * The notify targets to be told of an end, by the status in which the task ends. The statement that ends a task also stores
 * one notice for each, so that no end is lost between the two.
 */
export type EndNotices = Readonly<Partial<Record<TerminalStatus, readonly string[]>>>

/** The longest time from a task's end to the last delivery of its notices, in milliseconds. Later they are dead. */
export const NOTICE_LIFE_MS = 24 * 60 * 60 * 1_000
/** How long a dead notice is kept and counted, in milliseconds. */
export const DEAD_NOTICE_MS = 7 * NOTICE_LIFE_MS
/** The reason of a dead notice that no process has taken. */
export const NEVER_TAKEN = 'No server with this target was at work.'
/** How many dead notices the statistics name. */
export const LATEST_DEAD = 10

/** A notice that the caller delivers now. It comes again if the caller records no outcome within the lease. */
export interface TakenNotice {
  /** As lists have it: without payload and result. */
  task: StoredTask
  target: string
  /** How many times the notice has been taken. */
  attempt: number
}

export type NoticeOutcome = Pick<TakenNotice, 'target' | 'attempt'> & { taskId: string } & (
    | { outcome: 'delivered' }
    /** Due again after `delayMs`, or dead if that is later than the notice lives. */
    | { outcome: 'failed'; delayMs: number; reason: string }
    | { outcome: 'dead'; reason: string }
  )

export interface TakeNoticesInput {
  /**
   * What became of notices that were taken before. An outcome after another process has taken the notice changes nothing,
   * unless the notice was delivered.
   */
  outcomes: readonly NoticeOutcome[]
  /** Takes notices for these targets only. */
  targets: readonly string[]
  /** The most notices to take. */
  limit: number
  leaseMs: number
}
