import { TASK_STATUSES, type TaskStatus, TRANSITIONS } from '@brandkit/core'
import { expect, it } from 'vitest'
import type { AttemptEnd } from '../../store/attempt-writes.js'
import type { Lease, NewStoredTask, TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS, KNOWN_TYPES, ownerOf } from './new-task.js'

const isArrow = ([from, to]: readonly [TaskStatus, TaskStatus]) =>
  (TRANSITIONS[from] as readonly TaskStatus[]).includes(to)
const pairs = TASK_STATUSES.flatMap((from) => TASK_STATUSES.map((to) => [from, to] as const))

const FAILURE = { errorCode: 'generator_failed', lastError: 'It broke.' } as const
const COMPLETED: AttemptEnd = { status: 'completed', result: { ok: true } }
const FAILED: AttemptEnd = { status: 'failed', ...FAILURE }

type Move = (store: TaskStore, input: NewStoredTask, lease: Lease) => Promise<unknown>

const settle =
  (end: AttemptEnd): Move =>
  (store, _input, lease) =>
    store.settle(lease, end)
const cancel: Move = (store, input) => store.cancel(input.taskId, ownerOf(input))
const claim: Move = (store, { taskId }) => store.claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000 })
const maintain: Move = (store) => store.maintain(FULL_PASS)

/**
 * Every method that can lead to a status, with a lease of the row's own epoch: the lease of a worker that believes it owns
 * the task.
 */
const WAYS_TO: Record<TaskStatus, readonly Move[]> = {
  queued: [settle({ status: 'retry', delayMs: 0, ...FAILURE }), settle({ status: 'release' }), maintain],
  processing: [claim],
  completed: [settle(COMPLETED)],
  failed: [settle(FAILED), maintain],
  cancelled: [cancel],
}

const WAYS_FROM_CREATION: Record<TaskStatus, Move> = {
  queued: async () => {},
  processing: claim,
  completed: async (store, input) => store.settle((await claimOne(store, input)).lease, COMPLETED),
  failed: async (store, input) => store.settle((await claimOne(store, input)).lease, FAILED),
  cancelled: cancel,
}

/** The state machine of core, in both directions: a move without an arrow changes nothing. */
export function describeMoving(store: () => TaskStore): void {
  const taskThatIs = async (status: TaskStatus) => {
    const input = await createOne(store())
    await WAYS_FROM_CREATION[status](store(), input, { taskId: input.taskId, tenantId: input.tenantId, epoch: 0 })
    const task = await findOne(store(), input)
    expect(task.status).toBe(status)
    return { input, task, lease: { taskId: task.taskId, tenantId: task.tenantId, epoch: task.epoch } }
  }

  it.each(pairs.filter((pair) => !isArrow(pair)))('never goes from %s to %s', async (from, to) => {
    const { input, task, lease } = await taskThatIs(from)
    for (const move of WAYS_TO[to]) {
      // Other tests check whether a method throws, returns null or repeats its answer. Here only the stored row counts.
      await move(store(), input, lease).catch(() => {})
      expect(await findOne(store(), input)).toEqual(task)
    }
  })

  // A queued task fails by its time to live, which the cases of `maintain` test.
  it.each(pairs.filter((pair) => isArrow(pair) && pair.join() !== 'queued,failed'))(
    'goes from %s to %s',
    async (from, to) => {
      const { input, lease } = await taskThatIs(from)
      await WAYS_TO[to][0]?.(store(), input, lease)
      expect((await findOne(store(), input)).status).toBe(to)
    },
  )
}
