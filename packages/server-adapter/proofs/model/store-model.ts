import type { TaskStatus } from '@brandkit/core'
import type { AttemptEnd } from '../../src/store/attempt-writes.js'
import type { Lease } from '../../src/store/task-store.js'

/** A move on one of a few tasks. `lease` picks among all leases that were ever granted, including old ones. */
export type Move =
  | { do: 'claim'; task: number; leaseMs: number }
  | { do: 'beat'; lease: number }
  | { do: 'report'; lease: number; progress: number }
  | { do: 'checkpoint'; lease: number; step: string }
  | { do: 'settle'; lease: number; end: AttemptEnd['status']; delayMs: number }
  | { do: 'cancel'; task: number }
  /** Creates one more task of one of two owners, under a key, for the same or another request. */
  | { do: 'create'; owner: number; key: string; request: string; claims: 'in the insert' | 'later' }
  /** A user who may not see the task tries to access it. */
  | { do: 'trespass'; task: number; as: 'another user' | 'another tenant' | 'without the brand' }
  | { do: 'maintain' }
  /** Advances the clock, if the test controls it. */
  | { do: 'pass'; ms: number }

/** A task as the promises describe it, independent of any store. */
export interface ModelTask {
  status: TaskStatus
  attempt: number
  epoch: number
  progress: number
  maxRetries: number
  /** All times are milliseconds since the game began. */
  dueAt: number
  startedAt: number
  leaseEndsAt: number
  checkpointEpoch: number | null
  settled: { epoch: number; as: AttemptEnd['status'] } | null
  steps: Set<string>
  /** Born claimed, and the worker has written nothing since. */
  untouched: boolean
}

/** Longest time of one attempt of the tasks that `newTask` makes. */
const TIMEOUT_MS = 600_000

export function newModelTask(maxRetries: number): ModelTask {
  return {
    status: 'queued',
    attempt: 0,
    epoch: 0,
    progress: 0,
    maxRetries,
    dueAt: 0,
    startedAt: 0,
    leaseEndsAt: 0,
    checkpointEpoch: null,
    settled: null,
    steps: new Set(),
    untouched: false,
  }
}

export function modelClaim(
  task: ModelTask,
  { leaseMs, now }: { leaseMs: number; now: number },
): 'claimed' | 'busy' | 'early' | 'over' {
  if (task.status === 'processing') return 'busy'
  if (task.status !== 'queued') return 'over'
  if (task.dueAt > now) return 'early'
  Object.assign(task, { status: 'processing', attempt: task.attempt + 1, epoch: task.epoch + 1, startedAt: now })
  modelBeat(task, { leaseMs, now })
  return 'claimed'
}

/** Beats never extend an attempt past its longest time. */
export function modelBeat(task: ModelTask, { leaseMs, now }: { leaseMs: number; now: number }): void {
  task.leaseEndsAt = Math.min(now + leaseMs, task.startedAt + TIMEOUT_MS)
}

export function isOwner(task: ModelTask, { epoch }: Lease): boolean {
  return task.status === 'processing' && task.epoch === epoch
}

export function modelCancel(task: ModelTask): boolean {
  if (task.status !== 'queued' && task.status !== 'processing') return false
  Object.assign(task, { status: 'cancelled', epoch: task.epoch + 1 })
  return true
}

/** @returns whether the store must accept the end: it comes from the owner, or repeats the same end */
export function modelSettle(
  task: ModelTask,
  lease: Lease,
  { end, delayMs, now }: { end: AttemptEnd['status']; delayMs: number; now: number },
): boolean {
  if (task.settled?.epoch === lease.epoch && task.settled.as === end) return true
  if (!isOwner(task, lease)) return false
  task.settled = { epoch: lease.epoch, as: end }
  if (end === 'completed') Object.assign(task, { status: 'completed', progress: 100 })
  if (end === 'failed') task.status = 'failed'
  if (end === 'retry') again(task, now + delayMs)
  if (end === 'unstarted' || (end === 'release' && task.checkpointEpoch === task.epoch)) {
    task.attempt -= 1
    Object.assign(task, { status: 'queued', epoch: task.epoch + 1, dueAt: now })
  } else if (end === 'release') {
    again(task, now)
  }
  return true
}

/** Maintenance on a task whose worker is silent. */
export function modelExpire(task: ModelTask, now: number): void {
  if (task.status !== 'processing' || task.leaseEndsAt > now) return
  const { epoch } = task
  // A worker that died between insert and start costs no attempt.
  if (task.untouched) task.attempt -= 1
  task.untouched = false
  again(task, now)
  // The former worker can no longer write, even if the task has failed.
  task.epoch = epoch + 1
}

function again(task: ModelTask, dueAt: number): void {
  if (task.attempt > task.maxRetries) {
    task.status = 'failed'
    return
  }
  Object.assign(task, { status: 'queued', epoch: task.epoch + 1, dueAt })
}
