import { brandTasks } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { SECTIONS } from '../sections/sections.ts'
import { readFields } from './read-fields.ts'

describe('readFields', () => {
  it.each(SECTIONS)('asks for every field that the payload of $type has, and for nothing else', ({ type, fields }) => {
    const { shape } = brandTasks[type].payload
    const names = readFields(brandTasks[type].payload, fields).map(({ name }) => name)
    expect(names.toSorted()).toEqual(Object.keys(shape).toSorted())
  })

  it('finds the control that suits a field, and its limits', () => {
    const { type, fields } = SECTIONS.find(({ path }) => path === 'media-plan') ?? SECTIONS[0] ?? failure()
    const kinds = readFields(brandTasks[type].payload, fields).map(({ name, kind }) => [name, kind])
    expect(Object.fromEntries(kinds)).toEqual({
      campaignName: 'text',
      objective: 'choice',
      budget: 'number',
      currency: 'currency',
      startDate: 'date',
      weeks: 'number',
      channels: 'choices',
      audience: 'long-text',
      notes: 'long-text',
    })
    const weeks = readFields(brandTasks[type].payload, fields).find(({ name }) => name === 'weeks')
    expect(weeks).toMatchObject({ min: 1, max: 52, isWhole: true, isRequired: true })
  })

  it('knows colours, languages, countries and lists of texts', () => {
    const kit = readFields(brandTasks.GENERATE_BRAND_KIT.payload, {
      primaryColor: { label: 'Colour' },
      language: { label: 'Language' },
      values: { label: 'Values' },
    })
    expect(kit.map(({ kind }) => kind)).toEqual(['color', 'language', 'texts'])
    const [regions] = readFields(brandTasks.GENERATE_GLOBAL_TRENDS.payload, { regions: { label: 'Regions' } })
    expect(regions).toMatchObject({ kind: 'regions', isRequired: true })
  })

  it('says what it cannot ask for', () => {
    const schema = z.strictObject({ flag: z.boolean() })
    expect(() => readFields(schema, { flag: { label: 'Flag' } })).toThrow(/field "flag" of type "boolean"/)
    expect(() => readFields(schema, { other: { label: 'Other' } })).toThrow(/has no field "other"/)
  })
})

function failure(): never {
  throw new Error('There are no sections.')
}
