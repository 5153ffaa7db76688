import { describe, expect, it } from 'vitest'
import { toFirstPerson, toSecondPerson, toThirdPerson } from './predicate.ts'

describe('A predicate of many people', () => {
  it.each([
    ['drink three cups a day', 'drinks three cups a day'],
    ['are short of time', 'is short of time'],
    ['have a dog', 'has a dog'],
    ['often carry too much', 'often carries too much'],
    ['cannot sleep', 'cannot sleep'],
    ['do not cook', 'does not cook'],
    ['watch films', 'watches films'],
    ['never', 'never'],
  ])('is said of one: %s', (many, one) => {
    expect(toThirdPerson(many)).toBe(one)
  })

  it('is said by oneself and to somebody', () => {
    expect(toFirstPerson('are proud of their work')).toBe('I am proud of my work')
    expect(toSecondPerson('are proud of their work')).toBe('you are proud of your work')
  })
})
