import type { TaskStatus } from '@brandkit/core'
import type { AttemptEnd, Lease } from '../../store/task-store.js'

/** One thing that somebody does to one of a few tasks. `lease` picks among all that were ever given out, old ones too. */
export type Move =
  | { do: 'claim'; task: number; leaseMs: number }
  | { do: 'beat'; lease: number }
  | { do: 'report'; lease: number; progress: number }
  | { do: 'checkpoint'; lease: number; step: string }
  | { do: 'settle'; lease: number; end: AttemptEnd['status'] }
  | { do: 'cancel'; task: number }
  | { do: 'maintain' }

/** A task as the promises describe it, and nothing of how a store does it. */
export interface ModelTask {
  status: TaskStatus
  attempt: number
  epoch: number
  progress: number
  maxRetries: number
  /** Whether the lease was over as soon as it was taken. */
  overdue: boolean
  checkpointEpoch: number | null
  settled: { epoch: number; as: AttemptEnd['status'] } | null
  steps: Set<string>
}

export function newModelTask(maxRetries: number): ModelTask {
  return {
    status: 'queued',
    attempt: 0,
    epoch: 0,
    progress: 0,
    maxRetries,
    overdue: false,
    checkpointEpoch: null,
    settled: null,
    steps: new Set(),
  }
}

export function modelClaim(task: ModelTask, leaseMs: number): 'claimed' | 'busy' | 'over' {
  if (task.status === 'processing') return 'busy'
  if (task.status !== 'queued') return 'over'
  Object.assign(task, {
    status: 'processing',
    attempt: task.attempt + 1,
    epoch: task.epoch + 1,
    overdue: leaseMs === 0,
  })
  return 'claimed'
}

export function isOwner(task: ModelTask, { epoch }: Lease): boolean {
  return task.status === 'processing' && task.epoch === epoch
}

export function modelCancel(task: ModelTask): boolean {
  if (task.status !== 'queued' && task.status !== 'processing') return false
  Object.assign(task, { status: 'cancelled', epoch: task.epoch + 1 })
  return true
}

/** @returns whether the store must take it: the owner's end, or the same end once more */
export function modelSettle(task: ModelTask, lease: Lease, end: AttemptEnd['status']): boolean {
  if (task.settled?.epoch === lease.epoch && task.settled.as === end) return true
  if (!isOwner(task, lease)) return false
  task.settled = { epoch: lease.epoch, as: end }
  if (end === 'completed') Object.assign(task, { status: 'completed', progress: 100 })
  if (end === 'failed') task.status = 'failed'
  if (end === 'retry') again(task)
  if (end === 'release' && task.checkpointEpoch === task.epoch) {
    task.attempt -= 1
    Object.assign(task, { status: 'queued', epoch: task.epoch + 1 })
  } else if (end === 'release') {
    again(task)
  }
  return true
}

/** What maintenance does to a task whose worker is silent. */
export function modelExpire(task: ModelTask): void {
  if (task.status !== 'processing' || !task.overdue) return
  const { epoch } = task
  again(task)
  // Whoever had it may write nothing more, also where it has failed.
  task.epoch = epoch + 1
}

function again(task: ModelTask): void {
  if (task.attempt > task.maxRetries) {
    task.status = 'failed'
    return
  }
  Object.assign(task, { status: 'queued', epoch: task.epoch + 1 })
}
