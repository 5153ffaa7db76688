import { describe, expect, it } from 'vitest'
import { readAges } from './read-ages.ts'

describe('readAges', () => {
  it.each([
    ['parents between 45 and 30', 30, 45],
    ['25–40', 25, 40],
    ['25 — 40', 25, 40],
    ['aged 6 to 9', 6, 9],
    ['30-year-olds', 30, 30],
    ['Leute über 60', 60, 75],
    ['women under 30', 18, 29],
    ['in their twenties', 20, 29],
  ])('reads "%s"', (text, from, to) => {
    expect(readAges(text)).toMatchObject({ from, to })
  })

  it.each([
    'teams of 10 to 20 people',
    'companies with 50–500 employees',
    'founded in 2020 to 2024',
    'from 10.30 to 12.30',
    '2 to 3 days a week',
    'three cups, 20 euros a month',
    'over 50 shops',
    'in 90 countries, 24 hours a day',
  ])('reads no age from "%s"', (text) => {
    expect(readAges(text)).toBeUndefined()
  })
})
