import { describe, expect, it } from 'vitest'
import { isNarrowed, toConditions } from './history-choices.js'

describe('the conditions of a history', () => {
  it('are what the user has chosen', () => {
    expect(toConditions({ search: 'spring', status: 'failed', tags: ['aurora'] }, {})).toEqual({
      search: 'spring',
      status: 'failed',
      tags: ['aurora'],
    })
  })

  it('stay within the filter of the app', () => {
    expect(toConditions({ type: 'GENERATE_TRENDS' }, { type: 'GENERATE_MEDIA_PLAN', brandId: 'a', limit: 5 })).toEqual({
      type: 'GENERATE_MEDIA_PLAN',
      brandId: 'a',
    })
  })

  it('say that they mean every task when there are none', () => {
    expect(toConditions({ search: '', tags: [] }, {})).toEqual({ all: true })
  })

  it('narrow the list only by what the user has chosen', () => {
    expect([{}, { search: '' }, { tags: [] }, { from: undefined }].filter(isNarrowed)).toEqual([])
    expect([{ search: 'a' }, { tags: ['a'] }, { to: '2027-03-02' }].filter(isNarrowed)).toHaveLength(3)
  })
})
