import { describe, expect, it } from 'vitest'
import { toPortablePattern } from './portable-pattern.js'

describe('a portable pattern', () => {
  it.each([
    [/^#[0-9a-f]{6}$/i, ['#1b6ef3', '#1B6EF3'], ['1b6ef3', '#1b6eg3']],
    [/^a-[b-]\d\.C$/i, ['a-b1.c', 'A--1.C', 'A-B1.c'], ['a-c1.c', 'a-b1xc']],
    [/^[^xyz\]]$/i, ['a', 'A'], ['x', 'X', ']']],
    [/^[A-Z]{3}$/, ['EUR'], ['eur']],
    [/^https?:\/\//g, ['https://a'], ['ftp://a']],
    [/^[\p{L}]+$/u, ['Zoë'], ['1']],
  ])('of %s matches the same texts without flags', (pattern, matching, others) => {
    const portable = new RegExp(toPortablePattern(pattern) ?? 'none', 'u')
    expect(matching.filter((text) => !portable.test(text))).toEqual([])
    expect(others.filter((text) => portable.test(text))).toEqual([])
  })

  it.each([/é/i, /\u00e9/i, /(?<name>a)/i, /^a$/m, /a.b/s, new RegExp(String.raw`\-`)])(
    'does not exist for %s',
    (pattern) => {
      expect(toPortablePattern(pattern)).toBeNull()
    },
  )
})
