import { AsyncLocalStorage } from 'node:async_hooks'
import { silentLogger } from '@brandkit/core'
import { expect, it, vi } from 'vitest'
import { nextTurn } from '../../platform.js'
import type { StoredTask } from '../../store/task-store.js'
import { createNewbornTasks } from './newborn-tasks.js'
import type { Claimed } from './running-attempts.js'

function newborn(taskId: string): Claimed {
  const lease = { taskId, tenantId: 'acme', epoch: 1 }
  return { outcome: 'claimed', task: { taskId } as StoredTask, lease, checkpoints: new Map() }
}

function setUp({ isStopping = false } = {}) {
  const start = vi.fn<(claim: Claimed) => void>()
  const putBack = vi.fn<(claim: Claimed) => Promise<void>>(async () => {})
  const freeSlot = vi.fn<() => void>()
  const tasks = createNewbornTasks({
    start,
    putBack,
    isStopping: () => isStopping,
    freeSlot,
    logger: silentLogger,
  })
  const begin = (taskId: string) => {
    tasks.expect()
    tasks.begin(newborn(taskId))
  }
  const started = () => start.mock.calls.map(([{ task }]) => task.taskId)
  return { tasks, begin, start, started, putBack, freeSlot }
}

it('all newborn tasks of one turn start in the next', async () => {
  const { begin, started, freeSlot } = setUp()
  begin('a')
  await Promise.resolve()
  begin('b')
  expect(started()).toEqual([])
  await nextTurn()
  expect(started()).toEqual(['a', 'b'])
  begin('c')
  await nextTurn()
  expect(started()).toEqual(['a', 'b', 'c'])
  expect(freeSlot).not.toHaveBeenCalled()
})

it('a newborn task starts outside of every request, also of the one whose task came first', async () => {
  const request = new AsyncLocalStorage<string>()
  const seen: (string | undefined)[] = []
  const { begin, start } = setUp()
  start.mockImplementation(() => void seen.push(request.getStore()))
  request.run('of Ada', () => begin('a'))
  request.run('of Grace', () => begin('b'))
  await nextTurn()
  expect(seen).toEqual([undefined, undefined])
})

it('a newborn task that was taken away gives its slot back and does not start', async () => {
  const { tasks, begin, started, freeSlot } = setUp()
  for (const taskId of ['cancelled', 'elsewhere', 'same']) begin(taskId)
  const change = { status: 'processing', version: 1, epoch: 1, tenantId: 't', userId: 'u' } as const
  tasks.onChange({ ...change, taskId: 'cancelled', status: 'cancelled' })
  tasks.onChange({ ...change, taskId: 'elsewhere', epoch: 2 })
  tasks.onChange({ ...change, taskId: 'same' })
  expect(freeSlot).toHaveBeenCalledTimes(2)
  await nextTurn()
  expect(started()).toEqual(['same'])
})

it('a start that throws gives the slot back, and the others start', async () => {
  const { tasks, begin, start, started, freeSlot } = setUp()
  start.mockImplementationOnce(() => {
    throw new Error('no generator')
  })
  begin('a')
  begin('b')
  await tasks.decided()
  expect(started()).toEqual(['a', 'b'])
  expect(freeSlot).toHaveBeenCalledTimes(1)
})

it('a shutdown waits for every insert, and hands back what was claimed', async () => {
  const { tasks, begin, started, putBack, freeSlot } = setUp({ isStopping: true })
  const decided = vi.fn<() => void>()
  tasks.expect()
  begin('a')
  const shutdown = tasks.decided().then(decided)
  await vi.waitFor(() => expect(freeSlot).toHaveBeenCalledTimes(1))
  expect(putBack).toHaveBeenCalledTimes(1)
  expect(decided).not.toHaveBeenCalled()
  tasks.giveUp()
  await shutdown
  expect(started()).toEqual([])
  expect(freeSlot).toHaveBeenCalledTimes(2)
})
