import { type GetStatsResponse, isTerminal, TASK_STATUSES, TaskError } from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'
import type { FakeReply } from './fake-reply.js'
import { parseBy } from './fake-request.js'
import { type FakeCall, visibleTasks } from './fake-services.js'
import { type FakeTask, toListed } from './fake-task.js'

/** Newest first, without payloads, a page at a time. */
export function listTasks(call: FakeCall<object>): FakeReply {
  const { brandId, type, status, batchId, endedAfter, cursor, limit } = parseBy(PROTOCOL.list.request, call.input, {
    code: 'invalid_request',
  })
  const before = cursor === undefined ? Infinity : toOrder(cursor)
  const matching = visibleTasks(call, call.user)
    .filter(({ json, order, isPurged }) => {
      if (isPurged || order >= before) return false
      if (brandId !== undefined && json.brandId !== brandId) return false
      if (type !== undefined && json.type !== type) return false
      if (batchId !== undefined && json.batchId !== batchId) return false
      if (status !== undefined && !status.includes(json.status)) return false
      return (
        endedAfter === undefined ||
        (json.completedAt !== undefined && Date.parse(json.completedAt) > Date.parse(endedAfter))
      )
    })
    .toReversed()
  const page = matching.slice(0, limit)
  const last = page.at(-1)
  return {
    body: {
      tasks: page.map(({ json }) => toListed(json)),
      nextCursor: last && matching.length > limit ? toCursor(last) : null,
    },
  }
}

/** For operators. */
export function getStats(call: FakeCall<object>): FakeReply {
  parseBy(PROTOCOL.stats.request, call.input, { code: 'invalid_request' })
  if (call.user.role !== 'operator') throw new TaskError('forbidden', 'Only operators may see statistics.')
  const tasks = visibleTasks(call, call.user).map(({ json }) => json)
  const now = call.clock.now()
  const count = (name: string) => tasks.filter(({ status }) => status === name).length
  const counts = Object.fromEntries(TASK_STATUSES.map((name) => [name, count(name)]))
  const durations: GetStatsResponse['durations'] = {}
  for (const type of new Set(tasks.map((task) => task.type))) {
    const times = tasks
      .filter((task) => task.type === type && task.status === 'completed')
      .map(({ actualDuration = 0 }) => actualDuration)
      .slice(-200)
      .toSorted((a, b) => a - b)
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
    if (times.length > 0) durations[type] = { count: times.length, medianMs: at(0.5), p95Ms: at(0.95) }
  }
  const ended = tasks.filter(
    ({ status, completedAt }) => isTerminal(status) && now - Date.parse(completedAt ?? '') <= 5 * 60_000,
  ).length
  const due = tasks.filter(({ status, runAt }) => status === 'queued' && Date.parse(runAt) <= now).length
  return { body: { ...counts, due, endedPerMinute: ended / 5, durations } }
}

/** Opaque to clients; says nothing but a place in the list. */
function toCursor({ order }: FakeTask): string {
  return btoa(`before:${order}`)
}

/** @throws TaskError `invalid_request` when the cursor is none of ours. */
function toOrder(cursor: string): number {
  const [, order] = /^before:(\d+)$/.exec(decode(cursor)) ?? []
  if (order !== undefined) return Number(order)
  throw new TaskError('invalid_request', 'The cursor is not one of this list. Begin again without one.')
}

function decode(cursor: string): string {
  try {
    return atob(cursor)
  } catch {
    return ''
  }
}
