import { brandTasks } from '@brandkit/core'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '../../test/locales.js'
import { createTranslate } from './translate.js'

const translate = createTranslate({})

const formatsOf = (options: Parameters<typeof createTranslate>[0]) => {
  const own = createTranslate(options)
  return [own.number(1_234.5), own.relative(-180_000), own('pill.attention', { count: 12 })]
}

describe('createTranslate', () => {
  it('picks the plural form of the language', () => {
    expect(translate('pill.attention', { count: 1 })).toBe('1 task needs attention')
    expect(translate('pill.attention', { count: 1_200 })).toBe('1,200 tasks need attention')
    const polish = createTranslate({
      locale: 'pl',
      labels: { 'pill.attention': { one: '{count} zadanie', few: '{count} zadania', other: '{count} zadań' } },
    })
    expect([1, 3, 5].map((count) => polish('pill.attention', { count }))).toEqual(['1 zadanie', '3 zadania', '5 zadań'])
  })

  it('has a word for none where a label gives one', () => {
    expect(translate('row.position', { count: 0 })).toBe('Next in line')
    expect(translate('pill.attention', { count: 0 })).toBe('0 tasks need attention')
  })

  it('replaces the texts that an app gives, and only those', () => {
    const own = createTranslate({ labels: { 'action.cancel': 'Halt' } })
    expect(own('action.cancel')).toBe('Halt')
    expect(own('action.open')).toBe('Open result')
  })

  it('names a step by label, else by the title of the server, else by its key', () => {
    const steps = [{ key: 'budget', title: 'Splitting the budget', status: 'pending' as const }]
    const task = { type: 'GENERATE_MEDIA_PLAN' as const, steps }
    const own = createTranslate({ labels: { steps: { GENERATE_MEDIA_PLAN: { budget: 'Budget aufteilen' } } } })
    expect(own.step(task, 'budget')).toBe('Budget aufteilen')
    expect(translate.step(task, 'budget')).toBe('Splitting the budget')
    expect(translate.step(task, 'unknown')).toBe('unknown')
  })

  it('names a type by label, else by its words, which are the English names of the ten brand tasks', () => {
    expect(Object.keys(brandTasks).map((type) => translate.type(type))).toEqual([
      'Media plan',
      'Brand kit',
      'Personas',
      'Content package',
      'Funnel campaign',
      'Viral ideas',
      'Facebook trends',
      'Trends',
      'Global trends',
      'Ideas from product',
    ])
    const own = createTranslate({ labels: { types: { GENERATE_TRENDS: 'What is new' } } })
    expect(['GENERATE_TRENDS', 'RESIZE_4_IMAGES', 'sendReport'].map((type) => own.type(type))).toEqual([
      'What is new',
      'Resize 4 images',
      'sendReport',
    ])
  })

  it('writes numbers and dates in the language of the labels, in the region that the app asks for', () => {
    const english = ['1,234.5', '3 min. ago', '12 tasks need attention']
    // Without labels, an app's locale would only change the digits in English texts.
    for (const locale of [undefined, 'en', 'ar', 'de']) expect(formatsOf({ locale })).toEqual(english)
    for (const locale of [undefined, 'ar', 'en'])
      expect(formatsOf({ labels: LOCALES['ar'], locale })).toEqual(['١٬٢٣٤٫٥', 'قبل ٣ دقائق', '١٢ مهمة تتطلب انتباهك'])
    expect(formatsOf({ labels: LOCALES['ar'], locale: 'ar-MA' })[0]).toBe('1.234,5')
    expect(formatsOf({ labels: LOCALES['de'], locale: 'de-CH' })[0]).toBe("1'234.5")
    expect(formatsOf({ labels: { 'pill.attention': '{count} x' }, locale: 'de' })[0]).toBe('1.234,5')
  })

  it('is the one place that formats, beside the figures of the operators’ page', () => {
    const folder = join(import.meta.dirname, '..')
    const sources = globSync('**/*.{ts,tsx}', { cwd: folder }).filter((path) => !path.includes('.test.'))
    const formatting = sources.filter((path) =>
      /new Intl\.|\.toLocale\w*String\(/.test(readFileSync(join(folder, path), 'utf8')),
    )
    expect(formatting.toSorted()).toEqual([
      'labels/duration.ts',
      'labels/translate.ts',
      'operations/operations-text.ts',
    ])
  })

  it('writes times with at most two units', () => {
    expect([0, 8_000, 65_000, 3_600_000, 3_725_000].map((ms) => translate.duration(ms))).toEqual([
      '0s',
      '8s',
      '1m 5s',
      '1h',
      '1h 2m',
    ])
  })
})
