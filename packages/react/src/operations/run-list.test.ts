import type { TaskSummaryJson } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { inStartingOrder, withFirstPage, withNextPage } from './run-list.js'

const task = (taskId: string, rest: Partial<TaskSummaryJson> = {}) =>
  ({
    taskId,
    status: 'queued',
    priority: 'normal',
    createdAt: `2027-03-02T09:00:0${taskId}Z`,
    queuedAt: '2027-03-02T09:00:00Z',
    ...rest,
  }) as TaskSummaryJson
const at = (second: number) => `2027-03-02T09:00:0${second}Z`
const page = (ids: string, nextCursor: string | null = 'more') => ({
  tasks: ids.split('').map((id) => task(id)),
  nextCursor,
})
const idsOf = ({ tasks }: { tasks: readonly TaskSummaryJson[] }) => tasks.map(({ taskId }) => taskId).join('')

describe('the pages of a list', () => {
  it('keep older tasks when the first page is read again, and where the next page is', () => {
    const known = withNextPage(page('654'), page('321', 'end'))
    const again = withFirstPage(known, page('765'))
    expect(idsOf(again)).toBe('7654321')
    expect(again.nextCursor).toBe('end')
  })

  it('show what has changed, and lose what has left the first page', () => {
    const known = withNextPage(page('654'), page('321', null))
    const again = withFirstPage(known, { tasks: [task('6', { progress: 50 }), task('4')], nextCursor: 'more' })
    expect(idsOf(again)).toBe('64321')
    expect(again.tasks[0]).toMatchObject({ progress: 50 })
  })

  it('begin anew when tasks between the two may be missing, and when the first page is the only one', () => {
    const known = withNextPage(page('321'), page('0', null))
    expect(withFirstPage(known, page('987'))).toEqual(page('987'))
    expect(withFirstPage(known, page('32', null))).toEqual(page('32', null))
    expect(withFirstPage(undefined, page('3'))).toEqual(page('3'))
  })

  it('name no task twice when it has moved to the next page meanwhile', () => {
    expect(idsOf(withNextPage(page('543'), page('321', null)))).toBe('54321')
  })
})

it('tasks under way stand in the order of their start: what runs, then premium, then who came earlier, and last who waits for others', () => {
  const tasks = [
    task('late', { queuedAt: at(9) }),
    task('premium', { priority: 'high', queuedAt: at(8) }),
    task('early'),
    task('follower', { priority: 'high', waitsFor: [{ taskId: 'late', title: 'Late' }] }),
    task('low', { priority: 'low' }),
    task('running', { status: 'processing', priority: 'low', queuedAt: at(7) }),
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
