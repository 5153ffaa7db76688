import { describeError, type TaskLogger } from '@brandkit/core'
import { nextTurn, outsideOfRequests } from '../../platform.js'
import type { TaskChange } from '../../store/task-watcher.js'
import type { Claimed } from './running-attempts.js'

/**
 * Tasks that are claimed in their insert, from the taking of a slot to the start. All that came in one turn of the event loop
 * start in the next one, after the answers to their creates: a generator may keep the loop busy.
 */
export interface NewbornTasks {
  /** A slot was taken for a task that is about to be inserted. Must be followed by one call of `begin` or `giveUp`. */
  expect(): void
  /** The insert has claimed the task. */
  begin(claim: Claimed): void
  /** The insert has claimed nothing. Gives the slot back. */
  giveUp: () => void
  /** Forgets a task that another process has taken away before its turn. */
  onChange(change: TaskChange): void
  /** Resolves when no task is expected and none waits for its turn. */
  decided(): Promise<void>
}

interface NewbornTasksOptions {
  /** Starts the task's attempt, which then gives the slot back, or throws. */
  start: (claim: Claimed) => void
  /** Hands the task back during a shutdown. Never rejects. */
  putBack: (claim: Claimed) => Promise<void>
  isStopping: () => boolean
  freeSlot: () => void
  logger: TaskLogger
}

export function createNewbornTasks({
  start,
  putBack,
  isStopping,
  freeSlot,
  logger,
}: NewbornTasksOptions): NewbornTasks {
  /** Keyed by task id. */
  let waiting = new Map<string, Claimed>()
  let hasTurn = false
  /** Slots that were taken and neither handed over nor given back. */
  let open = 0
  let decided: PromiseWithResolvers<void> | null = null

  function close(): void {
    open -= 1
    if (open > 0) return
    decided?.resolve()
    decided = null
  }

  function giveBack(): void {
    freeSlot()
    close()
  }

  async function takeTurn(): Promise<void> {
    hasTurn = true
    await nextTurn()
    hasTurn = false
    const due = waiting
    waiting = new Map()
    for (const claim of due.values()) startNow(claim)
  }

  function startNow(claim: Claimed): void {
    if (isStopping()) {
      void putBack(claim).then(giveBack)
      return
    }
    try {
      start(claim)
      close()
    } catch (error) {
      logger.warn('A task that was claimed in its insert could not be started; its lease will tell', {
        taskId: claim.task.taskId,
        reason: describeError(error),
      })
      giveBack()
    }
  }

  return {
    expect() {
      open += 1
    },
    begin(claim) {
      waiting.set(claim.task.taskId, claim)
      // An attempt outlives the request that has created its task, and one turn serves the tasks of many requests.
      if (!hasTurn) void outsideOfRequests(takeTurn)
    },
    giveUp: giveBack,
    onChange({ taskId, status, epoch }) {
      const claim = waiting.get(taskId)
      if (!claim || (status !== 'cancelled' && epoch <= claim.lease.epoch)) return
      waiting.delete(taskId)
      giveBack()
    },
    async decided() {
      if (open === 0) return
      decided ??= Promise.withResolvers()
      await decided.promise
    },
  }
}
