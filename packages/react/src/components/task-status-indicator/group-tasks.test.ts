import type { TaskJson } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { groupTasks } from './group-tasks.js'

const task = (taskId: string, status: string, type = 'GENERATE_TRENDS') => ({ taskId, status, type }) as TaskJson

describe('groupTasks', () => {
  it('puts failures where they are seen, and other ends together', () => {
    const statuses = ['processing', 'queued', 'failed', 'completed', 'cancelled']
    expect(groupTasks(statuses.map((status) => task(status, status)))).toMatchObject({
      active: { ids: ['processing', 'queued'], phase: 'running' },
      attention: { ids: ['failed'], phase: 'failed' },
      finished: { ids: ['completed', 'cancelled'], phase: 'completed' },
    })
  })

  it('shows what runs before what waits, however many wait', () => {
    const { active } = groupTasks([task('newest', 'queued'), task('older', 'queued'), task('oldest', 'processing')])
    expect(active.ids).toEqual(['oldest', 'newest', 'older'])
  })

  it('has the phase of what matters most', () => {
    expect(groupTasks([task('a', 'failed'), task('b', 'queued')]).phase).toBe('running')
    expect(groupTasks([task('a', 'failed'), task('b', 'completed')]).phase).toBe('failed')
    expect(groupTasks([]).phase).toBe('completed')
  })

  it('names the type of a group, if it has one', () => {
    const groups = groupTasks([task('a', 'failed'), task('b', 'failed'), task('c', 'queued', 'GENERATE_BRAND_KIT')])
    expect([groups.attention.type, groups.active.type, groups.finished.type, groups.type]).toEqual([
      'GENERATE_TRENDS',
      'GENERATE_BRAND_KIT',
      'none',
      'mixed',
    ])
  })
})
