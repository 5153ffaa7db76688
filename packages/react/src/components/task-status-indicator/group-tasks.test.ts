import type { TaskJson } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { groupTasks } from './group-tasks.js'

const task = (taskId: string, status: string, type = 'GENERATE_TRENDS') =>
  ({ taskId, status, type, userId: 'ada' }) as TaskJson
const colleagues = (taskId: string, status: string) => ({ ...task(taskId, status), userId: 'grace' })
const groupsOf = (tasks: TaskJson[]) => groupTasks(tasks, ({ userId }) => userId === 'ada')

describe('groupTasks', () => {
  it('puts failures where they are seen, and other ends together', () => {
    const statuses = ['processing', 'queued', 'failed', 'completed', 'cancelled']
    expect(groupsOf(statuses.map((status) => task(status, status)))).toMatchObject({
      active: { ids: ['processing', 'queued'], phase: 'running' },
      attention: { ids: ['failed'], phase: 'failed' },
      finished: { ids: ['completed', 'cancelled'], phase: 'completed' },
    })
  })

  it('calls nobody’s attention to the failure of a colleague, and counts one’s own tasks', () => {
    const failures = [task('mine', 'failed'), colleagues('hers', 'failed')]
    expect(groupsOf([...failures, task('done', 'completed'), colleagues('running', 'processing')])).toMatchObject({
      active: { ids: ['running'], own: 0 },
      attention: { ids: ['mine'], own: 1 },
      finished: { ids: ['hers', 'done'], own: 1 },
    })
    expect(groupsOf([colleagues('hers', 'failed')]).phase).toBe('completed')
  })

  it('shows what runs before what waits, however many wait', () => {
    const { active } = groupsOf([task('newest', 'queued'), task('older', 'queued'), task('oldest', 'processing')])
    expect(active.ids).toEqual(['oldest', 'newest', 'older'])
  })

  it('has the phase of what matters most', () => {
    expect(groupsOf([task('a', 'failed'), task('b', 'queued')]).phase).toBe('running')
    expect(groupsOf([task('a', 'failed'), task('b', 'completed')]).phase).toBe('failed')
    expect(groupsOf([]).phase).toBe('completed')
  })

  it('names the type of a group, if it has one', () => {
    const groups = groupsOf([task('a', 'failed'), task('b', 'failed'), task('c', 'queued', 'GENERATE_BRAND_KIT')])
    expect([groups.attention.type, groups.active.type, groups.finished.type, groups.type]).toEqual([
      'GENERATE_TRENDS',
      'GENERATE_BRAND_KIT',
      'none',
      'mixed',
    ])
  })
})
