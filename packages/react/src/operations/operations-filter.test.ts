import { describe, expect, it } from 'vitest'
import { groupsOf, toActionFilter, toListFilter } from './operations-filter.js'

const NOW = Date.parse('2027-03-02T09:30:00Z')
const HOUR_AGO = '2027-03-02T08:30:00.000Z'

describe('the filter of the operators’ page', () => {
  it('asks for the time only of what has ended: tasks under way are shown whatever their age', () => {
    const filter = { span: 'hour' } as const
    expect(toListFilter(filter, 'failed', NOW)).toEqual({ status: ['failed'], endedAfter: HOUR_AGO })
    expect(toListFilter(filter, 'ended', NOW)).toEqual({ status: ['completed', 'cancelled'], endedAfter: HOUR_AGO })
    expect(toListFilter(filter, 'active', NOW)).toEqual({ status: ['processing', 'queued'] })
    expect(toListFilter({ span: 'all' }, 'failed', NOW)).toEqual({ status: ['failed'] })
  })

  it('asks for every other condition everywhere', () => {
    const filter = { span: 'all', type: 'T', userId: 'ada', tag: 'summer', search: 'plan' } as const
    expect(toListFilter(filter, 'active', NOW)).toEqual({
      type: 'T',
      userId: 'ada',
      tags: ['summer'],
      search: 'plan',
      status: ['processing', 'queued'],
    })
  })

  it('leaves only the groups that can have the status', () => {
    expect(groupsOf({ span: 'day' })).toEqual(['failed', 'active', 'ended'])
    expect(groupsOf({ span: 'day', status: 'queued' })).toEqual(['active'])
    expect(groupsOf({ span: 'day', status: 'cancelled' })).toEqual(['ended'])
  })

  it('lets an action take what is shown and what it can take, and nothing else', () => {
    expect(toActionFilter({ span: 'hour' }, 'retry', NOW)).toEqual({
      status: ['failed', 'cancelled'],
      endedAfter: HOUR_AGO,
    })
    expect(toActionFilter({ span: 'hour', search: 'x' }, 'cancel', NOW)).toEqual({
      status: ['queued', 'processing'],
      search: 'x',
    })
    expect(toActionFilter({ span: 'hour', status: 'failed' }, 'retry', NOW)?.status).toEqual(['failed'])
    expect(toActionFilter({ span: 'hour', status: 'failed' }, 'cancel', NOW)).toBeNull()
    expect(toActionFilter({ span: 'hour', status: 'completed' }, 'retry', NOW)).toBeNull()
  })
})
