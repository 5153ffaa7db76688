import { newTaskSchema } from '@brandkit/core/schemas'
import { expect, it } from 'vitest'
import { toTags } from './to-tags.ts'

const isTask = (tags: string[]) =>
  newTaskSchema.safeParse({ type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload: {}, tags }).success

it('toTags gives the brand and the campaign, in a form that the server takes', () => {
  expect(toTags({ brandName: 'Aurora', payload: {} })).toEqual(['Aurora'])
  expect(toTags({ brandName: 'Aurora', payload: { campaignName: ' Spring,\nsale ' } })).toEqual([
    'Aurora',
    'Spring sale',
  ])
  expect(toTags({ brandName: 'Aurora', payload: { campaignName: 'Aurora' } })).toEqual(['Aurora'])
  for (const campaignName of [`${'x'.repeat(63)}😀`, `${'x'.repeat(63)} y`, ',', 'Zoë & co.'])
    expect(isTask(toTags({ brandName: 'Aurora', payload: { campaignName } }))).toBe(true)
})
