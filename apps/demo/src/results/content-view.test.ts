import { describe, expect, it } from 'vitest'
import { toWeeks } from './content-view.tsx'

describe('toWeeks', () => {
  it('goes from Monday to Sunday around the dates, in order or not', () => {
    expect(toWeeks(['2027-03-10', '2027-03-03'])).toEqual([
      ['2027-03-01', '2027-03-02', '2027-03-03', '2027-03-04', '2027-03-05', '2027-03-06', '2027-03-07'],
      ['2027-03-08', '2027-03-09', '2027-03-10', '2027-03-11', '2027-03-12', '2027-03-13', '2027-03-14'],
    ])
  })

  it('knows that Sunday ends a week, and crosses a change of clocks', () => {
    expect(toWeeks(['2027-03-28'])).toEqual([
      ['2027-03-22', '2027-03-23', '2027-03-24', '2027-03-25', '2027-03-26', '2027-03-27', '2027-03-28'],
    ])
    expect(toWeeks([])).toEqual([])
  })
})
