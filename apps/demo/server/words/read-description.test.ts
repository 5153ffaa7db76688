import { describe, expect, it } from 'vitest'
import { readDescription } from './read-description.ts'

describe('readDescription', () => {
  it.each([
    ['We build lamps for people who camp.', '', { what: 'lamps', does: 'builds lamps', whom: 'people who camp' }],
    ['Lamps for campers', '', { what: 'lamps', does: 'offers lamps', whom: 'campers' }],
    [
      'Kiez roasts beans every Tuesday and delivers them by bike.',
      'Kiez',
      { what: 'beans every Tuesday', does: 'roasts beans every Tuesday and delivers them by bike' },
    ],
    ['We carry spices. For cooks.', '', { what: 'spices', does: 'carries spices' }],
    ['Open for 20 years', '', { what: 'open for 20 years', does: 'offers open for 20 years' }],
    [
      'Online shop for outdoor gear',
      '',
      { what: 'an online shop for outdoor gear', does: 'offers an online shop for outdoor gear' },
    ],
    [
      'Our mission is to make healthy food affordable for everyone.',
      '',
      { what: 'healthy food affordable', does: 'makes healthy food affordable', whom: 'everyone' },
    ],
    ['Vey is a jeweller in Lyon. We make rings.', 'Vey', { what: 'rings', does: 'makes rings' }],
    ['LED lamps', '', { what: 'LED lamps', does: 'offers LED lamps' }],
  ])('reads "%s"', (text, name, description) => {
    expect(readDescription(text, name)).toEqual(description)
  })

  it('always finds something', () => {
    for (const text of ['!', '. . .', 'for', '日本語', '  x ']) expect(readDescription(text).what).not.toBe('')
  })
})
