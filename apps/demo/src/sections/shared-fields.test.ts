import { expect, it } from 'vitest'
import { nextMonday } from './shared-fields.ts'

it('nextMonday is the Monday after, also on a Sunday and on a Monday', () => {
  expect(nextMonday(new Date(2026, 10, 22))).toBe('2026-11-23')
  expect(nextMonday(new Date(2026, 10, 23))).toBe('2026-11-30')
  expect(nextMonday(new Date(2026, 11, 30))).toBe('2027-01-04')
})
