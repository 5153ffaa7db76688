import { type GetStatusesResponse, isTaskError, LIMITS, TaskError, type TaskJson } from '@brandkit/core'
import { isPossibleId } from './followed-task.js'
import type { RequestOptions } from './task-service.js'
import { untilAborted } from './until-aborted.js'

type ReadOne = (taskId: string, options?: RequestOptions) => Promise<TaskJson>

interface StatusReads {
  readOne: ReadOne
  readMany: (taskIds: readonly string[], options?: RequestOptions) => Promise<GetStatusesResponse>
}

/** What is asked for in one turn. Settled when its answer is there. */
interface Turn {
  /** By task id: who wants it, and still does. */
  readers: Map<string, Set<object>>
  answers: Promise<Map<string, Promise<TaskJson>>>
  abort: AbortController
}

/**
 * Reads of single tasks that are asked for in the same turn become one request: fifty rows that mount together cost one
 * read. One that is missing fails alone, and a request that is refused for one of its ids is made again for each.
 */
export function createStatusBatcher({ readOne, readMany }: StatusReads): ReadOne {
  let current: Turn | undefined

  function openTurn(): Turn {
    const readers: Turn['readers'] = new Map()
    const abort = new AbortController()
    const answers = Promise.resolve().then(async () => {
      current = undefined
      return read([...readers.keys()], abort.signal)
    })
    return { readers, answers, abort }
  }

  async function read(taskIds: readonly string[], signal: AbortSignal): Promise<Map<string, Promise<TaskJson>>> {
    // An id that cannot be one would spoil the request for the others in it.
    const [together, alone] = [taskIds.filter(isPossibleId), taskIds.filter((taskId) => !isPossibleId(taskId))]
    const groups: string[][] = []
    for (let start = 0; start < together.length; start += LIMITS.tasksPerRequest)
      groups.push(together.slice(start, start + LIMITS.tasksPerRequest))
    const replies = groups.flatMap((group) => readGroup(group, signal))
    return new Map([...replies, ...alone.map((taskId) => [taskId, readOne(taskId, { signal })] as const)])
  }

  function readGroup(group: readonly string[], signal: AbortSignal): (readonly [string, Promise<TaskJson>])[] {
    const [first = ''] = group
    if (group.length === 1) return [[first, readOne(first, { signal })]]
    const reply = readMany(group, { signal })
    return group.map((taskId) => [taskId, pick(taskId, reply, signal)])
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
    signal?.throwIfAborted()
    const turn = (current ??= openTurn())
    const reader = {}
    turn.readers.set(taskId, (turn.readers.get(taskId) ?? new Set()).add(reader))
    try {
      const answer = turn.answers.then(async (answers) => answers.get(taskId) as Promise<TaskJson>)
      return await untilAborted(answer, signal)
    } catch (error) {
      turn.readers.get(taskId)?.delete(reader)
      // The request lives as long as anybody waits for it.
      if ([...turn.readers.values()].every((readers) => readers.size === 0)) turn.abort.abort()
      throw error
    }
  }
}
