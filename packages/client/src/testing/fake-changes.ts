import { type CancelOutcome, isTerminal, TaskError } from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'
import type { FakeReply } from './fake-reply.js'
import { parseBy } from './fake-request.js'
import { type FakeCall, findBatch, findTask, isVisible } from './fake-services.js'
import type { FakeTask } from './fake-task.js'

/** One that cannot be cancelled is an error when it was asked for alone, and an outcome among several. */
export function cancelTasks(call: FakeCall<object>): FakeReply {
  const input = parseBy(PROTOCOL.cancel.request, call.input, { code: 'invalid_request' })
  if ('taskId' in input) {
    const task = findTask(call, call.user, input.taskId)
    if (cancel(task, call) === 'cancelled') return { body: { task: task.json } }
    throw new TaskError('task_is_over', `Task ${input.taskId} is ${task.json.status}; it cannot be cancelled.`)
  }

  const taskIds =
    'taskIds' in input
      ? [...new Set(input.taskIds)]
      : findBatch(call, call.user, input.batchId).map(({ json }) => json.taskId)
  const outcomes = taskIds.map((taskId) => {
    const task = call.store.get(taskId)
    return { taskId, outcome: task && isVisible(task, call.user) ? cancel(task, call) : 'missing' }
  })
  return { body: { outcomes } }
}

/** Removes what an ended task holds. Its id then answers 410. */
export function deleteTask(call: FakeCall<object>): FakeReply {
  const { taskId } = parseBy(PROTOCOL.delete.request, call.input, { code: 'invalid_request' })
  const task = findTask(call, call.user, taskId)
  const { payload: _payload, result: _result, steps: _steps, partialResult: _partial, ...rest } = task.json
  if (!isTerminal(rest.status))
    throw new TaskError('task_is_active', `Task ${taskId} is ${rest.status}. Cancel it first, or wait for its end.`)
  task.json = rest as typeof task.json
  task.isPurged = true
  return { body: { taskId } }
}

function cancel(task: FakeTask, { store, clock }: FakeCall<object>): Exclude<CancelOutcome, 'missing'> {
  // Cancelling twice is not a mistake: both calls get the same answer.
  if (task.json.status === 'cancelled') return 'cancelled'
  if (isTerminal(task.json.status)) return 'over'
  store.change(task, { status: 'cancelled', completedAt: new Date(clock.now()).toISOString() })
  return 'cancelled'
}
