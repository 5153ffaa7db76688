import { describe, expect, it } from 'vitest'
import { nameOfPeriod, toCreated, toPeriod } from './period.js'

const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts)
const NOW = at(2027, 2, 2, 9, 30).getTime()

describe('a period of days', () => {
  it('begins so many days before today, today included', () => {
    expect(toPeriod('today', NOW)).toEqual({ from: '2027-03-02' })
    expect(toPeriod('week', NOW)).toEqual({ from: '2027-02-24' })
    expect(toPeriod('month', NOW)).toEqual({ from: '2027-02-01' })
  })

  it('is recognised by its name on the day on which it was chosen', () => {
    expect(nameOfPeriod(toPeriod('week', NOW), NOW)).toBe('week')
    expect(nameOfPeriod(toPeriod('week', NOW), NOW + 24 * 3_600_000)).toBe('days')
    expect(nameOfPeriod({}, NOW)).toBe('any')
    expect(nameOfPeriod({ to: '2027-03-02' }, NOW)).toBe('days')
  })

  it('has all of its first day and all of its last', () => {
    const { createdAfter, createdBefore } = toCreated({ from: '2027-03-01', to: '2027-03-02' })
    expect(new Date(createdAfter ?? '').getTime()).toBe(at(2027, 2, 1).getTime() - 1)
    expect(new Date(createdBefore ?? '').getTime()).toBe(at(2027, 2, 3).getTime())
  })

  it('may be open at either end', () => {
    expect(Object.keys(toCreated({ from: '2027-03-01' }))).toEqual(['createdAfter'])
    expect(Object.keys(toCreated({ to: '2027-03-01' }))).toEqual(['createdBefore'])
  })

  it('leaves out days that are no dates', () => {
    expect(toCreated({ from: 'yesterday', to: '2027-02-31' })).toEqual({})
  })
})
