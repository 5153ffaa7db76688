import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutCharacters, cutText } from './cut-text.js'

const bytesOf = (text: string) => new TextEncoder().encode(text).length

describe('cutText', () => {
  it('leaves a text that fits as it is, to the last byte', () => {
    expect(cutText('é'.repeat(50), 100)).toBe('é'.repeat(50))
  })

  it('shows that something is missing', () => {
    expect(cutText('x'.repeat(101), 100)).toMatch(/^x+… \(cut\)$/)
  })

  it('never takes more bytes, and never cuts within a code point', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 0, maxLength: 200 })
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 200 }), (whole, maxBytes) => {
        const cut = cutText(whole, maxBytes)
        expect(bytesOf(cut)).toBeLessThanOrEqual(maxBytes)
        expect(cut).not.toMatch(/\p{Surrogate}/u)
        expect(whole.startsWith(cut.replace(/… \(cut\)$/, ''))).toBe(true)
      }),
    )
  })
})

describe('cutCharacters', () => {
  it('leaves what fits, and cuts the rest between two code points with an ellipsis', () => {
    expect(cutCharacters('abc', 3)).toBe('abc')
    expect(cutCharacters('abcd', 3)).toBe('ab…')
    expect(cutCharacters('a😀cd', 3)).toBe('a…')
  })
})
