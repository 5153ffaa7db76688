import type { TaskJson } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { groupTasks, jointProgress } from './group-tasks.js'

const task = (taskId: string, status: string, progress = 0, createdAt = '2027-01-01') =>
  ({ taskId, status, progress, createdAt }) as TaskJson

describe('groupTasks', () => {
  it('puts failures where they are seen, and other ends together', () => {
    const statuses = ['queued', 'processing', 'failed', 'completed', 'cancelled']
    expect(groupTasks(statuses.map((status) => task(status, status)))).toEqual({
      active: ['queued', 'processing'],
      attention: ['failed'],
      finished: ['completed', 'cancelled'],
    })
  })
})

describe('jointProgress', () => {
  it('is the mean of what runs', () => {
    expect(jointProgress([task('a', 'processing', 20), task('b', 'processing', 60)])).toBe(40)
  })

  it('moves forward when one of several ends', () => {
    expect(jointProgress([task('a', 'processing', 20), task('b', 'completed', 100)])).toBe(60)
  })

  it('leaves out what ended before the rest began, and never says 100 before the end', () => {
    expect(jointProgress([task('a', 'processing', 100, '2027-01-02'), task('b', 'completed', 100)])).toBe(99)
  })

  it('is nothing when nothing runs', () => {
    expect(jointProgress([task('a', 'failed', 50)])).toBeNull()
  })
})
