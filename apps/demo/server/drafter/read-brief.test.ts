import { describe, expect, it } from 'vitest'
import { readAges, readGroups, readOffer } from './read-brief.ts'

describe('readGroups', () => {
  it('tells who they are from what they like and what bothers them, in the words of the brief', () => {
    const audience =
      'Young professionals in Berlin, 25 to 40, who like coffee and work from home two days a week. ' +
      'Small offices that are tired of capsules and want less waste. Students who watch their budget.'
    expect(readGroups(audience, 'City people')).toEqual([
      {
        name: 'Young professionals in Berlin',
        facts: ['like coffee', 'work from home two days a week'],
        wishes: ['like coffee'],
        concerns: [],
        ages: { from: 25, to: 40 },
      },
      {
        name: 'Small offices',
        facts: ['are tired of capsules', 'want less waste'],
        wishes: ['want less waste'],
        concerns: ['are tired of capsules'],
      },
      { name: 'Students', facts: ['watch their budget'], wishes: [], concerns: [] },
    ])
  })

  it.each([
    [
      'Remote workers aged 25-40 who drink tea. They want to support small shops.',
      'Remote workers',
      ['drink tea', 'want to support small shops'],
    ],
    [
      'HR managers at companies with 50–500 employees struggling with onboarding',
      'HR managers at companies with 50–500 employees',
      ['struggling with onboarding'],
    ],
    [
      'Dog owners in the UK, mostly women, who treat their pets as family; price is not the main concern',
      'Dog owners in the UK',
      ['mostly women', 'treat their pets as family', 'price is not the main concern'],
    ],
    ['Everyone', 'Everyone', []],
  ])('understands "%s"', (audience, name, facts) => {
    expect(readGroups(audience, 'Somebody')).toMatchObject([{ name, facts }])
  })

  it('falls back on the name of the audience', () => {
    expect(readGroups('!!!', 'Young families')).toMatchObject([{ name: 'Young families', facts: [] }])
  })
})

describe('readAges', () => {
  it('takes years, and no other numbers', () => {
    expect(readAges('parents between 45 and 30')).toEqual({ from: 30, to: 45 })
    expect(readAges('teams of 10 to 20 people')).toBeUndefined()
    expect(readAges('children of 10-12')).toEqual({ from: 13, to: 13 })
  })
})

describe('readOffer', () => {
  it.each([
    [
      'A weekly subscription of coffee, roasted on Tuesday and delivered by bike. Cancel any time.',
      'A weekly subscription of coffee',
      ['roasted on Tuesday and delivered by bike'],
      ['Cancel any time'],
    ],
    [
      'Handmade soaps - vegan, plastic free, from 6,50 €',
      'Handmade soaps',
      ['vegan', 'plastic free', 'from 6,50 €'],
      [],
    ],
    ['Premium dog food', 'Premium dog food', ['Premium dog food'], []],
    ['Lamps. Free repair for life', 'Lamps', ['Free repair for life'], ['Free repair for life']],
  ])('reads "%s"', (text, what, features, reassurances) => {
    expect(readOffer(text)).toEqual({ what, features, reassurances })
  })
})
