import { silentLogger } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { machineClock } from '../../clock.js'
import { memoryStore } from '../../memory.js'
import type { TaskStore } from '../../store/task-store.js'
import { sampleTasks } from '../../../proofs/fixtures/sample-tasks.js'
import { createOne, findOne, times } from '../../testing/store/new-task.js'
import { createEstimates } from './estimates.js'

async function setUp({ lookMs = 0 } = {}) {
  let now = 1_000
  const store = memoryStore()
  const outlook = vi.fn<TaskStore['outlook']>(async (input) => {
    now += lookMs
    return store.outlook(input)
  })
  const estimates = createEstimates({
    catalog: sampleTasks,
    store: { ...store, outlook },
    logger: silentLogger,
    clock: { ...machineClock, uptime: () => now },
  })
  const task = await findOne(store, await createOne(store))
  return { estimates, outlook, task, pass: (ms: number) => (now += ms) }
}

describe('estimates', () => {
  it('look once for a thousand readers, and again after two seconds', async () => {
    const { estimates, outlook, task, pass } = await setUp()
    await Promise.all(times(1_000, () => estimates.expect([task])))
    pass(1_999)
    await estimates.expect([task])
    expect(outlook).toHaveBeenCalledTimes(1)
    pass(1)
    await estimates.expect([task])
    expect(outlook).toHaveBeenCalledTimes(2)
  })

  it('look less often where a look takes long', async () => {
    const { estimates, outlook, task, pass } = await setUp({ lookMs: 500 })
    await estimates.expect([task])
    pass(9_999)
    await estimates.expect([task])
    expect(outlook).toHaveBeenCalledTimes(1)
    pass(1)
    await estimates.expect([task])
    expect(outlook).toHaveBeenCalledTimes(2)
  })

  it('guess nothing while the store cannot be asked, and fail no read for it', async () => {
    const { estimates, outlook, task, pass } = await setUp()
    outlook.mockRejectedValueOnce(new Error('down'))
    expect(await estimates.expect([task])).toEqual({ hints: {}, pollAfterMs: 1_000 })
    pass(2_000)
    expect((await estimates.expect([task])).hints).toEqual({ [task.taskId]: { position: 1 } })
  })

  it('do not look for a write, but use what was seen', async () => {
    const { estimates, outlook, task } = await setUp()
    expect(estimates.expectAtOnce([task])).toEqual({ hints: {}, pollAfterMs: 1_000 })
    expect(outlook).not.toHaveBeenCalled()
    await estimates.expect([task])
    expect(estimates.expectAtOnce([task]).hints).toEqual({ [task.taskId]: { position: 1 } })
  })
})
