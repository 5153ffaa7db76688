import { describe, expect, it } from 'vitest'
import { OPERATIONS_LOCALES } from '../../test/operations-locales.js'
import { LOCALES } from '../../test/locales.js'
import type { Label } from '../locales/task-labels.js'
import en from './locales/en.js'
import type { OperationsLabelKey } from './operations-labels.js'

const KEYS = Object.keys(en) as OperationsLabelKey[]
const textsOf = (label: Label) => (typeof label === 'string' ? [label] : Object.values(label))
const placeholdersOf = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted()

it('has the languages of the other components', () => {
  expect(Object.keys(OPERATIONS_LOCALES).toSorted()).toEqual(Object.keys(LOCALES).toSorted())
})

describe.each(Object.entries(OPERATIONS_LOCALES))('the %s catalogue of the operators’ page', (locale, labels) => {
  it('has every text, with every value that it tells', () => {
    expect(Object.keys(labels)).toEqual(KEYS)
    for (const key of KEYS) {
      for (const text of textsOf(labels[key])) expect(text).not.toBe('')
      const [general, wanted] = [labels, en].map((each) => placeholdersOf(textsOf(each[key]).at(-1)))
      expect({ key, has: general }).toEqual({ key, has: wanted })
    }
  })

  it('has every plural category of its language wherever a text counts', () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions()
    const counting = KEYS.filter((key) => typeof en[key] === 'object')
    expect(counting.length).toBeGreaterThan(5)
    for (const key of counting)
      expect({ key, has: Object.keys(labels[key]) }).toEqual({ key, has: expect.arrayContaining(pluralCategories) })
  })
})
