import { describe, expect, it } from 'vitest'
import { followSpread } from './follow-spread.ts'

const days = (...list: number[]) => list.map((day) => day * 86_400_000)

describe('followSpread', () => {
  it('finds where it began, and how many days later the others followed', () => {
    const times = new Map([
      ['DE', days(5, 6, 7)],
      ['US', days(1, 2, 3)],
      ['FR', days(2.5, 9)],
    ])
    expect(followSpread('sauna', times)).toEqual({
      trendKey: 'sauna',
      origin: 'US',
      followers: [
        { region: 'FR', lagDays: 1.5 },
        { region: 'DE', lagDays: 4 },
      ],
    })
  })

  it('is not misled by one stray early mention among many', () => {
    const times = new Map([
      ['DE', days(0, 8, 8, 8, 8, 9, 9, 9, 9, 9)],
      ['US', days(5, 6, 7, 8, 9)],
    ])
    expect(followSpread('sauna', times)?.origin).toBe('US')
  })

  it('takes none for the origin that hardly speaks of it', () => {
    const times = new Map([
      ['DE', days(1)],
      ['US', days(5, 6, 7)],
    ])
    expect(followSpread('sauna', times)).toMatchObject({ origin: 'US', followers: [{ region: 'DE', lagDays: 0 }] })
  })

  it('knows nothing of what nobody mentions', () => {
    expect(followSpread('sauna', new Map([['DE', []]]))).toBeUndefined()
  })
})
