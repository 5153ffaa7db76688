import { beforeAll, describe, expect, it } from 'vitest'
import { FIXTURE_MS, runFixture, type Verdict } from '../../mutants/run-fixture.js'
import { LOCAL_START_MUTANTS } from './local-start-mutants.js'

const SENTENCES = [...new Set(LOCAL_START_MUTANTS.flatMap(({ breaks }) => breaks))]

let outcomes: Verdict[]
beforeAll(async () => {
  outcomes = await runFixture('proofs/reliability/local-start/local-start-mutants.fixture.ts', SENTENCES)
}, FIXTURE_MS + 10_000)

const titles = (name: string, wanted: string) =>
  outcomes
    .flatMap(({ suite, title, status }) => (suite === `local start: ${name}` && status === wanted ? [title] : []))
    .toSorted()

describe('what the tests say of the local start', () => {
  it('is nothing where it is sound', () => {
    expect(titles('sound', 'failed')).toEqual([])
    expect(titles('sound', 'passed')).toEqual(SENTENCES.toSorted())
  })

  it.each(LOCAL_START_MUTANTS)('is $breaks where it $name', ({ name, breaks }) => {
    expect(titles(name, 'failed')).toEqual(expect.arrayContaining([...breaks]))
    // A mutant has one fault.
    expect(titles(name, 'passed').length).toBeGreaterThan(0)
  })
})
