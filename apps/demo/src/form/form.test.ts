import * as z from 'zod'
import { brandTasks, TaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { brandProfile } from '../sections/brand-profile.ts'
import { SECTIONS } from '../sections/sections.ts'
import { mediaPlan } from '../sections/strategy-sections.tsx'
import { createDraft, type Draft, findMistakes, parseNumber, toMistakes, toPayload, toRefusal } from './draft.ts'
import { readFields } from './read-fields.ts'
import { assert, integer, property } from 'fast-check'

const TODAY = new Date(2026, 10, 23)
const schema = brandTasks.GENERATE_MEDIA_PLAN.payload
const fields = readFields(schema, mediaPlan.fields)
const draft: Draft = { ...createDraft(fields, mediaPlan.start(TODAY)), campaignName: 'Spring', audience: 'Parents' }

describe('the example of each section', () => {
  for (const brandId of ['aurora', 'borealis']) {
    it.each(SECTIONS)(`fills in the form of $type without a mistake, for ${brandId}`, (section) => {
      const payload = brandTasks[section.type].payload
      const own = readFields(payload, section.fields)
      const filled = createDraft(own, section.example(brandProfile(brandId), TODAY))
      expect(findMistakes(payload, own, filled, { today: TODAY })).toEqual({})
      expect(payload.safeParse(section.example(brandProfile(brandId), TODAY)).error).toBeUndefined()
    })
  }
})

describe('findMistakes', () => {
  it('asks for a name and an audience only, at first', () => {
    const first = createDraft(fields, mediaPlan.start(TODAY))
    expect(findMistakes(schema, fields, first, { today: TODAY })).toEqual({
      campaignName: 'Give the campaign a name.',
      audience: 'Describe who should see the campaign.',
    })
  })

  it('lets through what the catalog lets through', () => {
    expect(findMistakes(schema, fields, draft, { today: TODAY })).toEqual({})
    expect(toPayload(fields, draft)).toEqual({
      campaignName: 'Spring',
      objective: 'awareness',
      budget: 25_000,
      currency: 'EUR',
      startDate: '2026-11-30',
      weeks: 8,
      channels: ['search', 'social', 'video', 'email'],
      audience: 'Parents',
    })
  })

  it.each<{ change: Draft; says: string }>([
    { change: { campaignName: '  ' }, says: 'Give the campaign a name.' },
    { change: { campaignName: 'x'.repeat(121) }, says: 'Use at most 120 characters.' },
    { change: { budget: '' }, says: 'Enter a number from 100 to 100,000,000.' },
    { change: { budget: '99' }, says: 'Enter a number from 100 to 100,000,000.' },
    { change: { budget: 'a lot' }, says: 'Enter a number from 100 to 100,000,000.' },
    { change: { budget: '25,000.505' }, says: 'Use at most two decimals.' },
    { change: { weeks: '2.5' }, says: 'Enter a whole number from 1 to 52.' },
    { change: { startDate: '2026-11-22' }, says: 'This day is over. Pick today or a later day.' },
    { change: { startDate: '' }, says: 'Pick the first day.' },
    { change: { startDate: '2027-02-31' }, says: 'Pick a day that the calendar has.' },
    { change: { weeks: '53' }, says: 'Enter a whole number from 1 to 52.' },
    { change: { channels: [] }, says: 'Pick at least one channel.' },
    { change: { audience: '' }, says: 'Describe who should see the campaign.' },
    { change: { notes: 'x'.repeat(2_001) }, says: 'Use at most 2,000 characters.' },
  ])('says in words for people what the catalog would refuse: $change', ({ change, says }) => {
    expect(Object.values(findMistakes(schema, fields, { ...draft, ...change }, { today: TODAY }))).toEqual([says])
  })

  it.each([
    ['€ 25,000.00', 25_000],
    ['25.000,50', 25_000.5],
    ['25,000.50', 25_000.5],
  ])('takes today, and numbers as people write them: %s', (written, budget) => {
    const changed = { ...draft, startDate: '2026-11-23', budget: written }
    expect(findMistakes(schema, fields, changed, { today: TODAY })).toEqual({})
    expect(toPayload(fields, changed)).toMatchObject({ budget })
  })

  it('says which line of a list is wrong', () => {
    const payload = brandTasks.GENERATE_IDEAS_FROM_PRODUCT.payload
    const own = readFields(payload, { features: { label: 'Features' } })
    expect(findMistakes(payload, own, { features: `one\n${'x'.repeat(201)}` })).toEqual({
      features: 'Line 2: Use at most 200 characters.',
    })
  })
})

describe('toMistakes', () => {
  it('finds the field of each issue', () => {
    const issues = [
      { path: ['payload', 'budget'], message: 'Too small' },
      { path: ['payload', 'channels', 0], message: 'Unknown' },
    ]
    expect(toMistakes(fields, issues)).toEqual({ budget: 'Too small', channels: 'Unknown' })
  })

  it('gives up on issues that are about none', () => {
    expect(toMistakes(fields, [{ path: ['brandId'], message: 'Required' }])).toBeNull()
    expect(toMistakes(fields, [])).toBeNull()
  })
})

describe('toRefusal', () => {
  it('leads to the task that is under way for the same work, if the user may see it', () => {
    const seen = new TaskError('already_under_way', 'It is under way, as task t1.', { taskId: 't1' })
    expect(toRefusal(seen)).toMatchObject({
      runningTaskId: 't1',
      sentence: expect.not.stringContaining('t1') as string,
    })
    const unseen = new TaskError('already_under_way', 'Somebody else has started it.')
    expect(toRefusal(unseen)).toEqual({ issues: [], sentence: 'Somebody else has started it.' })
  })
})

describe('readFields', () => {
  it.each(SECTIONS)(
    'asks for every field that the payload of $type has, and for nothing else',
    ({ type, fields: words }) => {
      const { shape } = brandTasks[type].payload
      const names = readFields(brandTasks[type].payload, words).map(({ name }) => name)
      expect(names.toSorted()).toEqual(Object.keys(shape).toSorted())
    },
  )

  it('finds the control that suits a field, and its limits', () => {
    const kinds = fields.map(({ name, kind }) => [name, kind])
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
    const weeks = fields.find(({ name }) => name === 'weeks')
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
    const unknown = z.strictObject({ flag: z.boolean() })
    expect(() => readFields(unknown, { flag: { label: 'Flag' } })).toThrow(/field "flag" of type "boolean"/)
    expect(() => readFields(unknown, { other: { label: 'Other' } })).toThrow(/has no field "other"/)
  })
})

describe('parseNumber', () => {
  it.each([
    ['25000', 25_000],
    ['25.000,50', 25_000.5],
    ['25,000.50', 25_000.5],
    ['1.234.567', 1_234_567],
    ['1,234,567', 1_234_567],
    ['1,00,000', 100_000],
    ['25 000', 25_000],
    ['25 000,5', 25_000.5],
    ["25'000.50", 25_000.5],
    ['25’000', 25_000],
    ['12.5', 12.5],
    ['12,5', 12.5],
    [',5', 0.5],
    ['€ 25,000.00', 25_000],
    ['25.000,00 €', 25_000],
    ['EUR 1.234,5', 1_234.5],
    ['-3', -3],
    ['−3,25', -3.25],
    ['٢٥٬٠٠٠٫٥', 25_000.5],
    ['۱۲', 12],
    ['25.000', 25_000],
    ['25,000', 25_000],
    ['€ 1.000', 1_000],
    ['0.125', 0.125],
  ])('reads %s', (text, number) => expect(parseNumber(text)).toBe(number))

  it.each([
    '',
    ' ',
    'a lot',
    '12a',
    '1.2.3',
    '1,23,4',
    '25..000',
    '1,2.3,4',
    '.',
    '-',
    '10-12',
    '1e5',
    '0x10',
    '12.5.',
  ])('refuses "%s" instead of reading half of it', (text) => expect(parseNumber(text)).toBeNull())

  it.each(['en', 'en-IN', 'de', 'de-CH', 'fr', 'sv', 'ar', 'ar-EG', 'fa'])('reads what %s itself writes', (locale) => {
    const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
    assert(
      property(integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
        expect(parseNumber(format.format(cents / 100))).toBeCloseTo(cents / 100, 5)
      }),
    )
  })
})
