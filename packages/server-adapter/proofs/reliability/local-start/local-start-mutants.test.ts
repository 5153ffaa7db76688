import { beforeAll, describe, expect, it } from 'vitest'
import { FIXTURE_MS, runFixture, type Verdict } from '../../mutants/run-fixture.js'
import { LOCAL_START_MUTANTS } from './local-start-mutants.js'

const SENTENCES = [...new Set(LOCAL_START_MUTANTS.flatMap(({ breaks }) => breaks))]

let outcomes: Verdict[]
beforeAll(async () => {
  outcomes = await runFixture('proofs/reliability/local-start/local-start-mutants.fixture.ts', SENTENCES)
}, FIXTURE_MS + 10_000)

// local-start.test.ts runs the same tests on the sound runtime.
describe.each(LOCAL_START_MUTANTS)('a local start that $name', ({ name, breaks }) => {
  const titles = (wanted: string) =>
    outcomes.flatMap(({ suite, title, status }) => (suite === `local start: ${name}` && status === wanted ? title : []))

  it(`breaks “${breaks.join('” and “')}”, and nothing else`, () => {
    expect(titles('failed').toSorted()).toEqual([...breaks].toSorted())
    expect(titles('passed').toSorted()).toEqual(SENTENCES.filter((title) => !breaks.includes(title)).toSorted())
  })
})
