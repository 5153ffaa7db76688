import type { Clock } from '../../clock.js'
import { deliveryPriority } from '../../queue/queue-backend.js'
import type { CreateTasksInput, NewStoredTask, StoredTask } from '../../store/task-store.js'
import { toDelivery } from '../publisher.js'
import type { LocalLine } from './local-line.js'
import type { Work } from './newest-work.js'
import type { Claimed } from './running-attempts.js'

/** How a process runs tasks that it creates itself without waiting for a message of the engine. */
export interface LocalStart {
  /** Takes a free slot for a task that is about to be created, if it would be this task's turn. */
  reserve(task: NewStoredTask): Reservation | null
  /** Takes a queued, due task into the local line. False: the task needs a message. */
  lineUp(task: StoredTask): boolean
}

/** A slot that waits for the insert of its task. Exactly one of its methods must be called. */
export interface Reservation {
  /** For the insert. */
  readonly claim: NonNullable<CreateTasksInput['claim']>
  /**
   * Starts the task that the insert has made, in a later turn of the event loop, so that the answer to its create goes first.
   * False: the insert did not claim the task, because it is not due.
   */
  start(created: StoredTask): boolean
  /** To be called when the insert has failed, or has made nothing, as a replay. */
  giveBack(): void
}

interface LocalStartOptions {
  isAllowed: boolean
  isInsertAllowed: boolean
  line: LocalLine
  work: () => Work
  leaseMs: number
  clock: Clock
  /** Runs a task that was born claimed, or hands it back. Waits for the insert's outcome; `null`: nothing was claimed. */
  begin: (claim: Promise<Claimed | null>) => Promise<void>
}

export function createLocalStart({
  isAllowed,
  isInsertAllowed,
  line,
  work,
  leaseMs,
  clock,
  begin,
}: LocalStartOptions): LocalStart {
  /** Another server of this place may have newer generators, or older ones; see `newestWork`. */
  function isKnown({ type, typeVersion = 1 }: Pick<NewStoredTask, 'type' | 'typeVersion'>): boolean {
    return typeVersion <= (work().typeVersions.get(type) ?? -Infinity)
  }

  return {
    reserve(task) {
      if (!isInsertAllowed || task.runAt !== undefined || !isKnown(task)) return null
      // A crash after a claim in the insert costs no attempt, but this task may never run twice.
      if (task.maxRetries === 0) return null
      if (!line.reserve(deliveryPriority(task.priority, 0))) return null
      const outcome = Promise.withResolvers<Claimed | null>()
      void begin(outcome.promise)
      return {
        claim: { leaseMs },
        start(created) {
          const isMine = created.status === 'processing'
          outcome.resolve(isMine ? toClaim(created, task.deadlineMs) : null)
          return isMine
        },
        giveBack: () => outcome.resolve(null),
      }
    },
    lineUp(task) {
      if (!isAllowed || task.status !== 'queued' || !isKnown(task)) return false
      const delivery = toDelivery(task, clock.now())
      return delivery.delayMs === 0 && line.add(delivery)
    },
  }
}

/** The claim of a task that was born claimed: it has no checkpoints, and its deadline counts from now. */
function toClaim(task: StoredTask, deadlineInMs: number | undefined): Claimed {
  const lease = { taskId: task.taskId, epoch: task.epoch }
  return { outcome: 'claimed', task, lease, checkpoints: new Map(), deadlineInMs }
}
