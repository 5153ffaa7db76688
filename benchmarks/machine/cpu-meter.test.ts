import { describe, expect, it } from 'vitest'
import { cpuUseOf, parseStat } from './cpu-meter.ts'

describe('a line of /proc/<pid>/stat', () => {
  it('is read behind a name that has blanks and brackets in it', () => {
    const stat = '42 (a ) name) S 7 42 42 0 -1 4194304 1 2 3 4 100 20 3 5 20 0 1 0 99 0 0'
    expect(parseStat(stat)).toEqual({ parent: 7, own: 1_200_000, withEnded: 1_280_000 })
  })
})

describe('the use of CPU', () => {
  it('is told apart by process, and from what others used', () => {
    const use = cpuUseOf({
      before: { owners: { server: 1_000_000, postgres: 0 }, machine: 5_000_000 },
      after: { owners: { server: 1_400_000, postgres: 100_000 }, machine: 6_500_000 },
      tasks: 1_000,
      seconds: 1,
    })
    expect(use).toMatchObject({ perTask: { server: 400, postgres: 100 }, totalPerTask: 500 })
    expect(use.othersShare).toBeGreaterThan(0)
  })

  it('says nothing of others where the platform does not', () => {
    const use = cpuUseOf({ before: { owners: { load: 0 } }, after: { owners: { load: 10 } }, tasks: 1, seconds: 1 })
    expect(use).toEqual({ perTask: { load: 10 }, totalPerTask: 10, othersShare: null })
  })
})
