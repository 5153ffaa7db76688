import { describe, expect, it } from 'vitest'
import { isFound, toSearchWords } from './search-words.js'

describe('toSearchWords', () => {
  it.each([
    ['Media plan: Spring-Sale_2026', ['MEDIA', 'PLAN', 'SPRING', 'SALE', '2026']],
    ['Straße ÉTÉ été', ['STRASSE', 'ÉTÉ']],
    ['e\u0301te\u0301', ['ÉTÉ']],
    ['ΟΔΟΣ οδός', ['ΟΔΟΣ', 'ΟΔΌΣ']],
    ['品牌キット2026', ['品', '牌', 'キ', 'ッ', 'ト', '2026']],
    ['🎉 & | ! : * \'"<->', []],
    ['ada@acme.example/x', ['ADA', 'ACME', 'EXAMPLE', 'X']],
    ['a\uD800b', ['A', 'B']],
  ])('reads %j as %j', (text, words) => {
    expect(toSearchWords(text)).toEqual(words)
  })

  it('cuts long words between characters', () => {
    expect(toSearchWords('x'.repeat(100))).toEqual(['X'.repeat(64)])
    expect(toSearchWords(`x${'𐐷'.repeat(40)}`)).toEqual([`X${'𐐏'.repeat(31)}`])
  })
})

describe('isFound', () => {
  const task = { title: 'Media plan: Autumn', tags: ['Summer sale', 'Größe'] }

  it.each(['media', 'MED', 'sale plan', 'summer-sale', 'GRÖSSE', 'größe', 'au'])('finds by %j', (search) => {
    expect(isFound(task, search)).toBe(true)
  })

  it.each(['edia', 'media winter', 'grosse', '', ' ', '&', '🎉'])('finds nothing by %j', (search) => {
    expect(isFound(task, search)).toBe(false)
  })

  it('finds by words that are longer than what is compared', () => {
    const long = 'a'.repeat(65)
    expect(isFound({ title: long }, `${long}b`)).toBe(true)
  })
})
