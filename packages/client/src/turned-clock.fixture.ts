import {
  createBackoffPolicy,
  createLogger,
  formatLogEntry,
  type GetStatusesResponse,
  type TaskJson,
  type TaskSummaryJson,
} from '@brandkit/core'
import { task as example } from './answering-server.fixture.js'
import { createTaskFollower, type TaskFollowerOptions } from './task-follower.js'

const steady = createBackoffPolicy({ baseMs: 1_000, factor: 2, ceilingMs: 8_000, jitter: 'none' })
export const taskOf = (taskId: string, rest: Partial<TaskJson> = {}) => ({ ...example, taskId, ...rest }) as TaskJson

export type Answer = (
  taskIds: readonly string[],
) => Partial<GetStatusesResponse> | Promise<Partial<GetStatusesResponse>>

/** A follower whose clock and replies the test controls. */
export function setUpFollower(options: Partial<TaskFollowerOptions> = {}) {
  const state = {
    time: 1_000_000,
    requests: [] as string[][],
    brought: [] as TaskSummaryJson[],
    missing: [] as string[],
    lines: [] as string[],
    answer: ((taskIds) => ({ tasks: taskIds.map((taskId) => taskOf(taskId)) })) as Answer,
  }
  const follower = createTaskFollower({
    service: {
      wire: {
        getStatuses: async (taskIds, { signal } = {}) => {
          state.requests.push([...taskIds])
          const reply = await state.answer(taskIds)
          signal?.throwIfAborted()
          return { tasks: [], missing: [], ...reply }
        },
      },
    },
    onTasks: (tasks) => void state.brought.push(...tasks),
    onMissing: (taskIds) => void state.missing.push(...taskIds),
    now: () => state.time,
    backoff: steady,
    logger: createLogger({ sink: (entry) => state.lines.push(formatLogEntry(entry)) }),
    ...options,
  })
  const pollAt = async (ms: number) => {
    state.time = 1_000_000 + ms
    await follower.poll()
  }
  return { follower, state, pollAt }
}
