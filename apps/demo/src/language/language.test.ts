import {
  BRAND_TRAITS,
  CONTENT_TONES,
  FACEBOOK_SURFACES,
  FUNNEL_STAGES,
  MEDIA_CHANNELS,
  PRODUCT_IDEA_KINDS,
  TREND_MEDIA,
  VIRAL_EMOTIONS,
} from '@brandkit/core/brand-tasks'
import { globSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { CHANNEL_NAMES, formatMoney, RESULT_FORMATS, toLabel } from '../parts/words.ts'
import { type FieldWords, SECTION_GROUPS } from '../sections/section.ts'
import { SECTIONS } from '../sections/sections.ts'
import { chooseLanguage, PLURALS, stepStatus, stepTitle, t, taskTitle } from './language.ts'

import ar from './ar.json' with { type: 'json' }
import de from './de.json' with { type: 'json' }

/** The texts that the code gives to `t`, and those of the tables that it reads. */
function textsOfTheApp(): Set<string> {
  const calls = globSync('**/*.{ts,tsx}', {
    cwd: `${import.meta.dirname}/..`,
    exclude: (path) => path.includes('.test.'),
  })
    .map((file) => readFileSync(`${import.meta.dirname}/../${file}`, 'utf8'))
    .flatMap((source) => [...source.matchAll(/\bt\(((?:[^()]|\([^()]*\))*)\)/g)].map(([, inside = '']) => inside))
    .flatMap((inside) => [...inside.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) => text))
    // Values of placeholders are no texts of the catalogue.
    .filter((text) => /[A-Z…{ ]/.test(text))
  const fields = SECTIONS.flatMap(({ fields: words }) => Object.values<FieldWords>(words))
  const choices = fields.flatMap(({ choices: named = {} }) =>
    Object.values(named).flatMap((choice) => (typeof choice === 'string' ? choice : [choice.name, choice.hint])),
  )
  const names = SECTIONS.flatMap((section) => [
    section.name,
    section.plural,
    section.action,
    section.formTitle,
    section.invitation,
    section.lead,
    section.note ?? '',
  ])
  const words = fields.flatMap(({ label, hint = '', missing = '' }) => [label, hint, missing])
  const texts = new Set([...calls, ...SECTION_GROUPS, ...names, ...words, ...choices])
  texts.delete('')
  return texts
}

const VALUES: readonly (readonly string[])[] = [
  MEDIA_CHANNELS,
  BRAND_TRAITS,
  CONTENT_TONES,
  FUNNEL_STAGES,
  VIRAL_EMOTIONS,
  PRODUCT_IDEA_KINDS,
  TREND_MEDIA,
  FACEBOOK_SURFACES,
]

/** Tables that are read by a variable: statuses, themes, tiers, exports, and the catalog's values. */
const OF_TABLES = [
  'Waiting, Running, Completed, Failed, Cancelled, System, Light, Dark, free, premium, Copied, Copy',
  'CSV, JSON, calendar (ICS), CSS tokens, design tokens, SVG mark, PNG mark',
]
  .flatMap((line) => line.split(', '))
  .concat(VALUES.flat().map((value) => toLabel(value)))

/** Names of networks are the same in every language. */
const NAMES: ReadonlySet<string> = new Set(Object.values(CHANNEL_NAMES))

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()

const withForms = (words: object) =>
  Object.entries(words).flatMap(([text, entry]) => (typeof entry === 'string' ? [] : text))

describe('the catalogues', () => {
  const texts = [...textsOfTheApp(), ...OF_TABLES].filter((text) => !NAMES.has(text))

  it.each(Object.entries({ de, ar }))('have every text of the app in %s, with its placeholders', (_language, words) => {
    const catalogue = words as Readonly<Record<string, string | Record<string, string>>>
    expect(texts.length).toBeGreaterThan(200)
    expect(texts.filter((text) => !(text in catalogue))).toEqual([])
    for (const [text, entry] of Object.entries(catalogue)) {
      const forms = typeof entry === 'string' ? [entry] : [entry['other'] ?? '']
      for (const form of forms) expect({ text, has: placeholders(form) }).toEqual({ text, has: placeholders(text) })
    }
  })

  it('have plural forms in every language for the same texts', () => {
    expect(withForms(de).toSorted()).toEqual(withForms(PLURALS).toSorted())
    expect(withForms(ar).toSorted()).toEqual(withForms(PLURALS).toSorted())
  })
})

describe('Arabic', () => {
  afterAll(() => chooseLanguage('en'))

  it('has its digits, keeps Latin names in order, and leaves numbers beside English headings English', async () => {
    await chooseLanguage('ar')
    expect(t('{done} of {total}', { done: 3, total: 10 })).toBe('٣ من ١٠')
    expect(t('by {name}', { name: 'Grace' })).toContain('\u2068Grace\u2069')
    expect(formatMoney(1_000, 'EUR')).toContain('١')
    expect(RESULT_FORMATS.formatMoney(1_000, 'EUR')).toBe('€1,000')
  })
})

describe('words of the server', () => {
  afterAll(() => chooseLanguage('en'))

  it('are in the chosen language: the steps of a task, their state, and the type in its title', async () => {
    const step = { key: 'budget', title: 'Splitting the budget' }
    const task = { type: 'GENERATE_MEDIA_PLAN', title: 'Media plan: Spring: the start' }
    expect([stepTitle(task.type, step), stepStatus('completed'), taskTitle(task)]).toEqual([
      'Splitting the budget',
      'done',
      'Media plan: Spring: the start',
    ])
    await chooseLanguage('de')
    expect([stepTitle(task.type, step), stepStatus('completed'), taskTitle(task)]).toEqual([
      'Budget wird aufgeteilt',
      'erledigt',
      'Mediaplan: Spring: the start',
    ])
    expect(stepTitle('OWN_TYPE', step)).toBe('Splitting the budget')
  })
})

describe('t', () => {
  afterAll(() => chooseLanguage('en'))

  it('chooses the plural form, and writes numbers as the language does', async () => {
    await chooseLanguage('en')
    expect([t('{count} retries', { count: 1 }), t('{count} retries', { count: 2_000 })]).toEqual([
      '1 retry',
      '2,000 retries',
    ])
    await chooseLanguage('de')
    expect(t('{count} retries', { count: 2_500 })).toBe('2.500 Wiederholungen')
    expect(t('What no catalogue has: {name}', { name: 'x' })).toBe('What no catalogue has: x')
  })
})
