import type { Clock } from '../../clock.js'
import { deliveryPriority } from '../../queue/queue-backend.js'
import type { NewStoredTask, StoredTask } from '../../store/task-store.js'
import type { CreateTasksInput } from '../../store/task-creation.js'
import { toDelivery } from '../publisher.js'
import type { LocalLine } from './local-line.js'
import type { NewbornTasks } from './newborn-tasks.js'
import type { Work } from './newest-work.js'
import type { Claimed } from './running-attempts.js'

/** How a process runs tasks that it creates itself without waiting for a message of the engine. */
export interface LocalStart {
  /** Takes a free slot for a task that is about to be created, if it would be this task's turn. */
  reserve(task: NewStoredTask): Reservation | null
  /** Takes a queued, due task into the local line. False: the task needs a message. */
  lineUp(task: StoredTask): boolean
}

/** A slot that waits for the insert of its task. Ends with a `start` that was true, or with `giveBack`. */
interface Reservation {
  /** For the insert. */
  readonly claim: NonNullable<CreateTasksInput['claim']>
  /**
   * Starts the task that the insert has made, in a later turn of the event loop, so that the answer to its create goes first.
   * False: the insert did not claim the task, because it is not due.
   */
  start(created: StoredTask): boolean
  /** To be called when the insert has failed, or has made nothing, as a replay, and after a `start` that was false. */
  giveBack(): void
}

interface LocalStartOptions {
  isAllowed: boolean
  isInsertAllowed: boolean
  line: LocalLine
  work: () => Work
  leaseMs: number
  clock: Clock
  newborn: NewbornTasks
}

export function createLocalStart({
  isAllowed,
  isInsertAllowed,
  line,
  work,
  leaseMs,
  clock,
  newborn,
}: LocalStartOptions): LocalStart {
  const claim = { leaseMs }

  /** Another server of this place may have newer generators, or older ones; see `newestWork`. */
  function isKnown({ type, typeVersion = 1 }: Pick<NewStoredTask, 'type' | 'typeVersion'>): boolean {
    return typeVersion <= (work().typeVersions.get(type) ?? -Infinity)
  }

  return {
    reserve(task) {
      if (!isInsertAllowed || task.runAt !== undefined || task.after || !isKnown(task)) return null
      // What it takes over comes with a claim of its own.
      if (task.takeOver) return null
      // A crash after a claim in the insert costs no attempt, but this task may never run twice.
      if (task.maxRetries === 0) return null
      if (!line.reserve(deliveryPriority(task.priority, 0))) return null
      newborn.expect()
      return {
        claim,
        start(created) {
          if (created.status !== 'processing') return false
          newborn.begin(toClaim(created, task.deadlineMs))
          return true
        },
        giveBack: newborn.giveUp,
      }
    },
    lineUp(task) {
      if (!isAllowed || task.status !== 'queued' || task.waitsFor || !isKnown(task)) return false
      const delivery = toDelivery(task, clock.now())
      return delivery.delayMs === 0 && line.add(delivery)
    },
  }
}

/** The claim of a task that was born claimed: it has no checkpoints, and its deadline counts from now. */
function toClaim(task: StoredTask, deadlineInMs: number | undefined): Claimed {
  const lease = { taskId: task.taskId, tenantId: task.tenantId, epoch: task.epoch }
  return { outcome: 'claimed', task, lease, checkpoints: new Map(), deadlineInMs }
}
