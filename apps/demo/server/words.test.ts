import { describe, expect, it } from 'vitest'
import { shorten } from './words.ts'

describe('shorten', () => {
  it('leaves short text alone', () => {
    expect(shorten('A lamp', 6)).toBe('A lamp')
  })

  it('cuts after a whole word and its comma', () => {
    expect(shorten('A small lamp, and more', 15)).toBe('A small lamp…')
  })

  it('cuts a long word where it must, but never through a character', () => {
    expect(shorten('x'.repeat(20), 5)).toBe('xxxx…')
    expect(shorten('🌿🌿🌿', 4)).toBe('🌿…')
  })
})
