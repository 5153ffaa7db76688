import type { TaskJson } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { groupTasks } from './group-tasks.js'

const NOW = Date.UTC(2027, 0, 1)
const inAnHour = new Date(NOW + 3_600_000).toISOString()
const task = (taskId: string, status: string, type = 'GENERATE_TRENDS') =>
  ({ taskId, status, type, userId: 'ada', runAt: '2026-12-31' }) as TaskJson
const scheduled = (taskId: string) => ({ ...task(taskId, 'queued'), runAt: inAnHour })
const colleagues = (taskId: string, status: string) => ({ ...task(taskId, status), userId: 'grace' })
const groupsOf = (tasks: TaskJson[]) => groupTasks(tasks, { isOwn: ({ userId }) => userId === 'ada', now: NOW })

describe('groupTasks', () => {
  it('puts failures where they are seen, and other ends together', () => {
    const statuses = ['processing', 'queued', 'failed', 'completed', 'cancelled']
    expect(groupsOf(statuses.map((status) => task(status, status)))).toMatchObject({
      active: { ids: ['processing', 'queued'], phase: 'running' },
      attention: { ids: ['failed'], phase: 'failed' },
      ended: { ids: ['completed', 'cancelled'], phase: 'completed' },
    })
  })

  it('calls nobody’s attention to the failure of a colleague, and takes no action for colleagues', () => {
    const failures = [task('mine', 'failed'), colleagues('hers', 'failed')]
    expect(groupsOf([...failures, task('done', 'completed'), colleagues('running', 'processing')])).toMatchObject({
      active: { ids: ['running'], actionIds: [] },
      attention: { ids: ['mine'], actionIds: ['mine'] },
      ended: { ids: ['hers', 'done'], actionIds: ['hers', 'done'] },
    })
    expect(groupsOf([colleagues('hers', 'failed')]).phase).toBe('completed')
  })

  it('lets nothing try again what the server would refuse again', () => {
    const refused = { ...task('refused', 'failed'), errorCode: 'generator_refused' } as TaskJson
    expect(groupsOf([refused, task('failed', 'failed')]).attention).toMatchObject({
      ids: ['refused', 'failed'],
      actionIds: ['failed'],
    })
  })

  it('shows what runs before what waits, however many wait', () => {
    const { active } = groupsOf([task('newest', 'queued'), task('older', 'queued'), task('oldest', 'processing')])
    expect(active.ids).toEqual(['oldest', 'older', 'newest'])
  })

  it('takes the newest first, because it may wait for an older one', () => {
    const { active } = groupsOf([task('newest', 'queued'), task('older', 'queued'), task('oldest', 'processing')])
    expect(active.actionIds).toEqual(['newest', 'older', 'oldest'])
  })

  it('tells what runs from what waits, and both from what starts later', () => {
    const throttled = { ...task('d', 'processing'), waitingFor: { provider: 'openai', until: inAnHour } }
    const retrying = { ...task('e', 'queued'), startedAt: '2026-12-31', runAt: inAnHour }
    const tasks = [task('a', 'processing'), task('b', 'queued'), scheduled('c'), throttled, retrying]
    expect(groupsOf(tasks).counts).toMatchObject({ running: 1, waiting: 3, scheduled: 1 })
    expect(groupsOf([scheduled('a'), scheduled('b')])).toMatchObject({
      phase: 'scheduled',
      counts: { running: 0, waiting: 0, scheduled: 2 },
    })
  })

  it('takes a cancelled task for no completed one', () => {
    expect(groupsOf([task('a', 'cancelled')])).toMatchObject({
      phase: 'cancelled',
      counts: { completed: 0, cancelled: 1 },
    })
    const withColleague = [task('a', 'cancelled'), colleagues('b', 'completed')]
    expect(groupsOf(withColleague)).toMatchObject({ phase: 'cancelled', counts: { completed: 0, cancelled: 1 } })
  })

  it('has the phase of what matters most', () => {
    expect(groupsOf([task('a', 'failed'), task('b', 'processing')]).phase).toBe('running')
    expect(groupsOf([task('a', 'failed'), task('b', 'queued')]).phase).toBe('waiting')
    expect(groupsOf([task('a', 'failed'), task('b', 'completed')]).phase).toBe('failed')
    expect(groupsOf([]).phase).toBe('completed')
  })

  it('names the type of a group, if it has one', () => {
    const groups = groupsOf([task('a', 'failed'), task('b', 'failed'), task('c', 'queued', 'GENERATE_BRAND_KIT')])
    expect([groups.attention.type, groups.active.type, groups.ended.type, groups.type]).toEqual([
      'GENERATE_TRENDS',
      'GENERATE_BRAND_KIT',
      'none',
      'mixed',
    ])
  })
})
