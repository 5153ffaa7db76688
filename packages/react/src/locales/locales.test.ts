import { brandTasks } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import en from './en.js'
import { LOCALES } from '../../test/locales.js'
import type { Label, LabelKey, TaskLabels } from './task-labels.js'

const { en: _builtIn, ...translations } = LOCALES
const namesOf = (steps: object) => Object.keys(steps).toSorted()
const keysOf = (labels: TaskLabels) =>
  Object.keys(labels).filter((key) => !['types', 'steps', 'providers'].includes(key))
const textsOf = (label: Label) => (typeof label === 'string' ? [label] : Object.values(label))
const placeholdersOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted()

describe.each(Object.entries(LOCALES))('the %s catalogue', (locale, labels) => {
  it('tells the locale that its numbers and dates follow', () => {
    expect(new Intl.Locale(labels.locale).language).toBe(locale)
  })

  it('has every text', () => {
    expect(keysOf(labels).toSorted()).toEqual(keysOf(en).toSorted())
    for (const key of keysOf(labels)) for (const text of textsOf(labels[key as LabelKey])) expect(text).not.toBe('')
  })

  it('has every plural category of its language wherever a text counts', () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions()
    const counting = (keysOf(en) as LabelKey[]).filter((key) => typeof en[key] === 'object')
    expect(counting.length).toBeGreaterThan(5)
    for (const key of counting)
      expect({ key, has: Object.keys(labels[key]) }).toEqual({ key, has: expect.arrayContaining(pluralCategories) })
  })

  it('has every value that a text tells, in its general form', () => {
    for (const key of keysOf(labels) as LabelKey[]) {
      const [general = '', wanted = ''] = [labels, en].map((each) => textsOf(each[key]).at(-1))
      expect({ key, has: placeholdersOf(general) }).toEqual({ key, has: placeholdersOf(wanted) })
    }
  })
})

// The English catalogue names no types or steps: step titles come with the tasks, and English type names are the type's
// own words. A second copy would only make every app larger.
describe.each(Object.entries(translations))('the %s catalogue', (_locale, labels) => {
  it('names all ten brand tasks', () => {
    expect(Object.keys(labels.types).toSorted()).toEqual(Object.keys(brandTasks).toSorted())
  })

  it('names every step of the ten brand tasks', () => {
    expect(Object.fromEntries(Object.entries(labels.steps).map(([type, steps]) => [type, namesOf(steps)]))).toEqual(
      Object.fromEntries(Object.entries(brandTasks).map(([type, { steps }]) => [type, namesOf(steps)])),
    )
  })
})
