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

  it.each([
    [
      'Young professionals (25-35) living in urban areas, interested in sustainability, fitness and healthy eating. Active on Instagram.',
      {
        groups: ['young professionals living in urban areas'],
        goals: ['are interested in sustainability, fitness and healthy eating'],
        habits: ['are active on Instagram'],
        ages: { from: 25, to: 35 },
      },
    ],
    [
      "Our customers are mothers over 40 in small towns. They don't trust big brands and talk to each other a lot.",
      {
        groups: ['mothers over 40 in small towns'],
        pains: ["don't trust big brands"],
        habits: ['talk to each other a lot'],
      },
    ],
    [
      'HR managers at companies with 50–500 employees struggling with onboarding',
      { groups: ['HR managers at companies with 50–500 employees'], pains: ['are struggling with onboarding'] },
    ],
    [
      'Dog owners in the UK, mostly women, who treat their pets as family; price is not the main concern',
      { groups: ['dog owners in the UK'], pains: [], habits: ['are mostly women', 'treat their pets as family'] },
    ],
    ['Everyone', { groups: ['people'] }],
  ])('understands "%s"', (text, people) => {
    expect(readPeople(text, 'Somebody')).toMatchObject(people)
  })

  it('falls back on the name of the audience', () => {
    expect(readPeople('!!!', 'Young families').groups).toEqual(['young families'])
  })
})
