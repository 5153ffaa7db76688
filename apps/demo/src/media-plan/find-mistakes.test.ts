import { brandTasks } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { findMistakes, toMistakes } from './find-mistakes.ts'
import { createDraft, type MediaPlanDraft, toPayload } from './media-plan-draft.ts'

const draft: MediaPlanDraft = { ...createDraft(new Date(2026, 10, 23)), campaignName: 'Spring', audience: 'Parents' }
const schema = brandTasks.GENERATE_MEDIA_PLAN.payload

describe('findMistakes', () => {
  it('asks for a name and an audience only, at first', () => {
    expect(Object.keys(findMistakes(createDraft(new Date())))).toEqual(['campaignName', 'audience'])
  })

  it('lets through what the catalog lets through', () => {
    expect(findMistakes(draft)).toEqual({})
    expect(schema.safeParse(toPayload(draft)).success).toBe(true)
  })

  it.each<Partial<MediaPlanDraft>>([
    { campaignName: '  ' },
    { campaignName: 'x'.repeat(121) },
    { budget: '' },
    { budget: '99' },
    { budget: '100000001' },
    { budget: '10.5' },
    { startDate: '' },
    { startDate: '2027-02-31' },
    { weeks: '0' },
    { weeks: '53' },
    { weeks: '1.5' },
    { channels: [] },
    { audience: '' },
    { audience: 'x'.repeat(501) },
    { notes: 'x'.repeat(2_001) },
  ])('points at the field that the catalog would refuse: %j', (change) => {
    const changed = { ...draft, ...change }
    expect(Object.keys(findMistakes(changed))).toEqual(Object.keys(change))
    expect(schema.safeParse(toPayload(changed)).success).toBe(false)
  })
})

describe('toMistakes', () => {
  it('finds the field of each issue', () => {
    const issues = [
      { path: ['payload', 'budget'], message: 'Too small' },
      { path: ['payload', 'channels', 0], message: 'Unknown' },
    ]
    expect(toMistakes(issues)).toEqual({ budget: 'Too small', channels: 'Unknown' })
  })

  it('gives up on issues that are about none', () => {
    expect(toMistakes([{ path: ['brandId'], message: 'Required' }])).toBeNull()
    expect(toMistakes([])).toBeNull()
  })
})

describe('createDraft', () => {
  it('starts on the next Monday, also on a Sunday and on a Monday', () => {
    expect(createDraft(new Date(2026, 10, 22)).startDate).toBe('2026-11-23')
    expect(createDraft(new Date(2026, 10, 23)).startDate).toBe('2026-11-30')
    expect(createDraft(new Date(2026, 11, 30)).startDate).toBe('2027-01-04')
  })
})
