import { describe, expect, it } from 'vitest'
import { readOffer } from './read-offer.ts'

describe('readOffer', () => {
  it.each([
    [
      'A weekly subscription of whole-bean coffee, roasted on Tuesday and delivered by cargo bike. Cancel any time.',
      {
        what: 'a weekly subscription of whole-bean coffee',
        features: ['roasted on Tuesday', 'delivered by cargo bike', 'cancel any time'],
        reassurance: 'Cancel any time',
      },
    ],
    [
      'Warm lamps that dim by themselves, with a battery for 40 hours. Free repair for life.',
      {
        what: 'warm lamps',
        features: ['dim by themselves', 'a battery for 40 hours', 'free repair for life'],
        reassurance: 'Free repair for life',
      },
    ],
    [
      'Handmade soaps - vegan, plastic free, from €6',
      { what: 'handmade soaps', features: ['vegan', 'plastic free', 'from €6'] },
    ],
    ['Premium dog food', { what: 'premium dog food', features: ['premium dog food'] }],
    [
      'Online course that teaches watercolour in 30 days',
      {
        what: 'an online course that teaches watercolour in 30 days',
        features: ['teaches watercolour in 30 days'],
      },
    ],
  ])('reads "%s"', (text, offer) => {
    expect(readOffer(text)).toEqual(offer)
  })
})
