import {
  type GetStatusesResponse,
  isTaskError,
  LIMITS,
  type RequestOptions,
  TaskError,
  type TaskJson,
} from '@brandkit/core'
import { throwIfAborted, untilAborted } from './abort-signals.js'
import { isPossibleId } from './followed-tasks.js'

type ReadOne = (taskId: string, options?: RequestOptions) => Promise<TaskJson>

interface StatusReads {
  readOne: ReadOne
  readMany: (taskIds: readonly string[], options?: RequestOptions) => Promise<GetStatusesResponse>
}

/** What is asked for in one turn. */
interface Turn {
  taskIds: Set<string>
  /** How many still want their answer. */
  waiting: number
  abort: AbortController
  /** Answers by task id, as soon as the requests are under way. */
  answers: Promise<Map<string, Promise<TaskJson>>>
}

/**
 * Reads of single tasks that are asked for in the same turn become one request: fifty rows that mount together cost one
 * read. One that is missing fails alone, and a request that is refused for one of its ids is made again for each.
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
    // An id that cannot be one would spoil the request for the others in it.
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
    throw new TaskError('task_not_found', `There is no task ${taskId}. It may belong to another account.`)
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
      // The requests live as long as a caller waits for them.
      if (turn.waiting === 0) turn.abort.abort()
      throw error
    }
  }
}
