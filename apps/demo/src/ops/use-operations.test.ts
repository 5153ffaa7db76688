import type { TaskSummary } from '@brandkit/core'
import { expect, it } from 'vitest'
import { inStartingOrder } from './use-operations.ts'

const task = (taskId: string, rest: Partial<TaskSummary>) =>
  ({ taskId, status: 'queued', priority: 'normal', queuedAt: new Date(0), ...rest }) as TaskSummary

it('inStartingOrder puts what runs first, then premium, then who came earlier, and last who waits for others', () => {
  const tasks = [
    task('late', { queuedAt: new Date(9) }),
    task('premium', { priority: 'high', queuedAt: new Date(8) }),
    task('early', {}),
    task('follower', { priority: 'high', waitsFor: [{ taskId: 'late', title: 'Late' }] }),
    task('low', { priority: 'low' }),
    task('running', { status: 'processing', priority: 'low', queuedAt: new Date(7) }),
  ]
  expect(inStartingOrder(tasks).map(({ taskId }) => taskId)).toEqual([
    'running',
    'premium',
    'early',
    'late',
    'low',
    'follower',
  ])
})
