import { describe, expect, it } from 'vitest'
import { readAges, readGroups, readOffer } from './brief.ts'

describe('readAges', () => {
  it.each([
    ['parents between 45 and 30', 30, 45],
    ['25–40', 25, 40],
    ['25 — 40', 25, 40],
    ['aged 6 to 9', 6, 9],
    ['30-year-olds', 30, 30],
    ['Leute über 60', 60, 75],
    ['women under 30', 18, 29],
    ['in their twenties', 20, 29],
  ])('reads "%s"', (text, from, to) => {
    expect(readAges(text)).toMatchObject({ from, to })
  })

  it.each([
    'teams of 10 to 20 people',
    'companies with 50–500 employees',
    'founded in 2020 to 2024',
    'from 10.30 to 12.30',
    '2 to 3 days a week',
    'three cups, 20 euros a month',
    'over 50 shops',
    'in 90 countries, 24 hours a day',
  ])('reads no age from "%s"', (text) => {
    expect(readAges(text)).toBeUndefined()
  })
})

describe('readGroups', () => {
  it('tells who they are from what they like and what bothers them, in the words of the brief', () => {
    const audience =
      'Young professionals in Berlin, 25 to 40, who like coffee and work from home two days a week. ' +
      'Small offices that are tired of capsules and want less waste. Students who watch their budget.'
    expect(readGroups(audience, 'City people')).toEqual([
      {
        name: 'Young professionals in Berlin',
        facts: ['like coffee and work from home two days a week'],
        ages: { from: 25, to: 40 },
      },
      { name: 'Small offices', facts: ['are tired of capsules and want less waste'] },
      { name: 'Students', facts: ['watch their budget'] },
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
    ['10,000 runners, who spend 1,500 euros a year', '10,000 runners', ['spend 1,500 euros a year']],
    ['Everyone', 'Everyone', []],
  ])('understands "%s"', (audience, name, facts) => {
    expect(readGroups(audience, 'Somebody')).toMatchObject([{ name, facts }])
  })

  it('falls back on the name of the audience', () => {
    expect(readGroups('!!!', 'Young families')).toMatchObject([{ name: 'Young families', facts: [] }])
  })
})

/** Each group of an audience with the ages that the brief gives it. */
function agesOf(audience: string): (readonly [name: string, from?: number, to?: number])[] {
  return readGroups(audience, 'Everybody').map(({ name, ages }) => (ages ? [name, ages.from, ages.to] : [name]))
}

describe('the ages of a group', () => {
  it.each([
    ['Junge Berufstätige in Berlin, 25 bis 40, die gern Kaffee trinken.', [['Junge Berufstätige in Berlin', 25, 40]]],
    [
      'Berufstätige zwischen 25 und 40 Jahren. Rentner ab 65.',
      [
        ['Berufstätige', 25, 40],
        ['Rentner', 65, 80],
      ],
    ],
    ['الموظفون الشباب في برلين، بين ٢٥ و٤٠، يحبون القهوة.', [['الموظفون الشباب في برلين', 25, 40]]],
    ['کارمندان جوان، ۲۵ تا ۴۰ سال.', [['کارمندان جوان', 25, 40]]],
    ['Jeunes actifs de 25 à 40 ans, pressés.', [['Jeunes actifs', 25, 40]]],
    ['Padres entre 30 y 45 años.', [['Padres', 30, 45]]],
    [
      'Designers in their thirties. Nurses aged 50+.',
      [
        ['Designers', 30, 39],
        ['Nurses', 50, 65],
      ],
    ],
    ['Remote workers, 25- to 40-year-olds, in Porto.', [['Remote workers', 25, 40]]],
  ])('are read from "%s"', (audience, ages) => {
    expect(agesOf(audience)).toEqual(ages)
  })

  it('are its own, and not those of another group', () => {
    expect(
      agesOf('Retired teachers aged 60 to 80. Parents of toddlers, 30, who sleep little. Students who travel.'),
    ).toEqual([['Retired teachers', 60, 80], ['Parents of toddlers', 30, 30], ['Students']])
  })

  it('are not those of its children', () => {
    expect(agesOf('Parents of children aged 6 to 9. Teachers. Their pupils are 12 to 16.')).toEqual([
      ['Parents of children'],
      ['Teachers'],
    ])
  })

  it('come from a later sentence about the same people', () => {
    expect(agesOf('Dog owners in Leeds. They are mostly 30 to 50.')).toEqual([['Dog owners in Leeds', 30, 50]])
  })
})

describe('children', () => {
  it('are no group while the brief names adults, and else people buy for them', () => {
    expect(agesOf('Parents of toddlers. Children who like colours. Pupils, 8 to 11.')).toEqual([
      ['Parents of toddlers'],
    ])
    expect(readGroups('Children who like colours', 'Kids')).toMatchObject([{ name: 'Children', isForChildren: true }])
  })

  it('may be old enough to buy', () => {
    expect(agesOf('Kids aged 14 to 17 who skate.')).toEqual([['Kids', 14, 17]])
  })
})

describe('odd text', () => {
  it('names no group by a connective', () => {
    const audience =
      'And, well. But: not everyone! Und, ja. So students who travel. Love trains! And nurses, of course.'
    expect(readGroups(audience, 'Everybody').map(({ name }) => name)).toEqual(['students', 'nurses'])
    expect(readGroups('And. But. Or, and.', 'Everybody').map(({ name }) => name)).toEqual(['Everybody'])
  })

  it('quotes no phrase beside a part of it, whatever its case', () => {
    const groups = readGroups(
      'Most dog owners who love dogs. They love dogs. Cat owners who Love Dogs too and love dogs.',
      'Dog owners who love dogs',
    )
    const phrases = groups.flatMap(({ name, facts }) => [name].concat(facts)).map((phrase) => phrase.toLowerCase())
    for (const phrase of phrases) expect(phrases.filter((other) => other.includes(phrase))).toEqual([phrase])
  })
})

describe('readOffer', () => {
  it.each([
    [
      'A weekly subscription of coffee, roasted on Tuesday and delivered by bike. Cancel any time.',
      ['A weekly subscription of coffee', 'roasted on Tuesday and delivered by bike', 'Cancel any time'],
    ],
    ['Handmade soaps - vegan, plastic free, from 6,50 €', ['Handmade soaps', 'vegan', 'plastic free', 'from 6,50 €']],
    ['Dogs. dogs. DOGS! and, but', ['Dogs']],
    ['صندوق أسبوعي من القهوة، محمصة هذا الأسبوع', ['صندوق أسبوعي من القهوة', 'محمصة هذا الأسبوع']],
  ])('reads "%s"', (text, phrases) => {
    expect(readOffer(text)).toEqual(phrases)
  })
})
