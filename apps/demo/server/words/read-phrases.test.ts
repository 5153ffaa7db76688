import { describe, expect, it } from 'vitest'
import { readPhrases } from './read-phrases.ts'

describe('readPhrases', () => {
  it('splits at punctuation, and at "and" between longer parts', () => {
    expect(readPhrases('Fresh beans, roasted weekly and delivered by bike. Salt and pepper; 1,5 kg')).toEqual([
      'Fresh beans',
      'roasted weekly',
      'delivered by bike',
      'Salt and pepper',
      '1,5 kg',
    ])
  })

  it('finds nothing where there is nothing', () => {
    expect(readPhrases('… , . ')).toEqual([])
    expect(readPhrases('?!')).toEqual([])
  })
})
