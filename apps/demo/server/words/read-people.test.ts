import { describe, expect, it } from 'vitest'
import { readPeople } from './read-people.ts'

describe('readPeople', () => {
  it('tells who they are from what they do, want and mind', () => {
    expect(
      readPeople(
        'Remote workers and students in Berlin aged 25-40 who drink three cups a day, care about origin and are annoyed by stale beans. They want to support small shops.',
        'Coffee people',
      ),
    ).toEqual({
      groups: ['remote workers', 'students in Berlin'],
      goals: ['care about origin', 'want to support small shops'],
      pains: ['are annoyed by stale beans'],
      habits: ['drink three cups a day'],
      ages: { from: 25, to: 40 },
    })
  })

  it('falls back on the name of the audience', () => {
    expect(readPeople('!!!', 'Young families').groups).toEqual(['young families'])
  })
})
