import { expect, it } from 'vitest'
import { toLabel } from './format-quantity.ts'

it('toLabel says a value of the catalog in words', () => {
  expect(toLabel('short-video')).toBe('Short video')
  expect(toLabel('out-of-home')).toBe('Out of home')
  expect(toLabel('awe')).toBe('Awe')
})
