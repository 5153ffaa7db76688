import { type GetStatusesResponse, isTaskError, type RequestOptions, TaskError, type TaskJson } from '@brandkit/core'
import * as LIMITS from '@brandkit/core/limits'
import { throwIfAborted, untilAborted } from './abort-signals.js'
import { isPossibleId } from './followed-tasks.js'

type ReadOne = (taskId: string, options?: RequestOptions) => Promise<TaskJson>

interface StatusReads {
  readOne: ReadOne
  readMany: (taskIds: readonly string[], options?: RequestOptions) => Promise<GetStatusesResponse>
}

/** The reads of one turn. */
interface Turn {
  taskIds: Set<string>
  /** How many callers still wait for their answer. */
  waiting: number
  abort: AbortController
  /** The answers by task id, available once the requests are in flight. */
  answers: Promise<Map<string, Promise<TaskJson>>>
}

/**
 * Batches reads of single tasks in the same turn: fifty rows that mount together cause one request. A missing task
 * fails alone. If a request is refused because of one id, each id is requested separately.
 */
export function createStatusBatcher({ readOne, readMany }: StatusReads): ReadOne {
  let current: Turn | undefined

  function openTurn(): Turn {
    const taskIds = new Set<string>()
    const abort = new AbortController()
    const answers = Promise.resolve().then(() => {
      current = undefined
      return read([...taskIds], abort.signal)
    })
    return { taskIds, waiting: 0, abort, answers }
  }

  function read(taskIds: readonly string[], signal: AbortSignal): Map<string, Promise<TaskJson>> {
    // An impossible id would spoil the request for the others.
    const together = taskIds.filter(isPossibleId)
    const answers = new Map<string, Promise<TaskJson>>()
    for (let start = 0; start < together.length; start += LIMITS.tasksPerRequest) {
      const group = together.slice(start, start + LIMITS.tasksPerRequest)
      if (group.length === 1) break
      const reply = readMany(group, { signal })
      for (const taskId of group) answers.set(taskId, pick(taskId, reply, signal))
    }
    for (const taskId of taskIds) if (!answers.has(taskId)) answers.set(taskId, readOne(taskId, { signal }))
    return answers
  }

  async function pick(taskId: string, pending: Promise<GetStatusesResponse>, signal: AbortSignal): Promise<TaskJson> {
    try {
      const { tasks } = await pending
      const task = tasks.find((candidate) => candidate.taskId === taskId)
      if (task) return task
    } catch (error) {
      if (!isTaskError(error) || error.code !== 'invalid_request') throw error
      return readOne(taskId, { signal })
    }
    throw new TaskError('task_not_found', 'There is no such task. It may belong to another account.')
  }

  return async (taskId, { signal } = {}) => {
    throwIfAborted(signal)
    const turn = (current ??= openTurn())
    turn.taskIds.add(taskId)
    turn.waiting += 1
    try {
      const answer = turn.answers.then(async (answers) => answers.get(taskId) as Promise<TaskJson>)
      return await untilAborted(answer, signal)
    } catch (error) {
      turn.waiting -= 1
      // The requests are aborted when the last caller has stopped waiting.
      if (turn.waiting === 0) turn.abort.abort()
      throw error
    }
  }
}
