import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNumber } from './parse-number.ts'

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
  ])('reads %s the same in every language', (text, number) => {
    for (const locale of ['en', 'de', 'ar', 'fr']) expect(parseNumber(text, locale)).toBe(number)
  })

  it('lets the language decide what one mark before three digits means', () => {
    expect([parseNumber('25.000', 'de'), parseNumber('25,000', 'en')]).toEqual([25_000, 25_000])
    expect([parseNumber('25.000', 'en'), parseNumber('25,000', 'de')]).toEqual([25, 25])
    expect(parseNumber('0.125', 'en')).toBe(0.125)
  })

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
  ])('refuses "%s" instead of reading half of it', (text) =>
    expect([parseNumber(text, 'en'), parseNumber(text, 'de')]).toEqual([null, null]),
  )

  it.each(['en', 'en-IN', 'de', 'de-CH', 'fr', 'sv', 'ar', 'ar-EG', 'fa'])('reads what %s itself writes', (locale) => {
    const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
    assert(
      property(integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
        expect(parseNumber(format.format(cents / 100), locale)).toBeCloseTo(cents / 100, 5)
      }),
    )
  })
})
