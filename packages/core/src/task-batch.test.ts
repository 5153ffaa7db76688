import { describe, expect, it } from 'vitest'
import { toTaskBatch } from './task-batch.js'
import type { TaskStatus } from './task-status.js'

const members = (...tasks: [TaskStatus, number?][]) =>
  tasks.map(([status, progress = 0], index) => ({ taskId: `task-${index}`, status, progress }))

describe('a batch', () => {
  it.each<[TaskStatus, TaskStatus[]]>([
    ['queued', ['queued', 'queued']],
    ['processing', ['queued', 'processing']],
    ['processing', ['completed', 'queued']],
    ['completed', ['completed', 'completed']],
    ['completed', ['completed', 'cancelled']],
    ['failed', ['completed', 'failed', 'cancelled']],
    ['cancelled', ['cancelled', 'cancelled']],
  ])('is %s when its tasks are %j', (status, statuses) => {
    expect(toTaskBatch('b', members(...statuses.map((each): [TaskStatus] => [each])))).toMatchObject({ status })
  })

  it('has the mean progress of its tasks, and 100 only when all have ended', () => {
    expect(toTaskBatch('b', members(['failed', 20], ['processing', 99], ['queued']))).toMatchObject({ progress: 66 })
    expect(toTaskBatch('b', members(['completed', 100], ['processing', 99.9]))).toMatchObject({ progress: 99 })
    expect(toTaskBatch('b', members(['completed', 100], ['cancelled', 3]))).toMatchObject({ progress: 100 })
  })

  it('counts a retried task as its retry', () => {
    const [first, second] = members(['failed'], ['completed', 100])
    const retry = { taskId: 'again', status: 'processing', progress: 50, retryOf: 'task-0' } as const
    expect(toTaskBatch('b', [first!, second!, retry])).toEqual({
      batchId: 'b',
      total: 2,
      counts: { queued: 0, processing: 1, completed: 1, failed: 0, cancelled: 0 },
      progress: 75,
      status: 'processing',
    })
  })

  it('is null without tasks', () => {
    expect(toTaskBatch('b', [])).toBeNull()
  })
})
