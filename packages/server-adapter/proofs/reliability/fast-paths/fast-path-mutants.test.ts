import { beforeAll, describe, expect, it } from 'vitest'
import { FIXTURE_MS, runFixture, type Verdict } from '../../mutants/run-fixture.js'
import { FAST_PATH_MUTANTS } from './fast-path-mutants.js'

const SENTENCES = [...new Set(FAST_PATH_MUTANTS.flatMap(({ breaks }) => breaks))]

let outcomes: Verdict[]
beforeAll(async () => {
  outcomes = await runFixture('fast paths', SENTENCES)
}, FIXTURE_MS + 10_000)

// fast-paths.test.ts runs the same tests on the sound runtime.
describe.each(FAST_PATH_MUTANTS)('a fast path that $name', ({ name, breaks }) => {
  const titles = (wanted: string) =>
    outcomes.flatMap(({ suite, title, status }) => (suite === `fast paths: ${name}` && status === wanted ? title : []))

  it(`breaks “${breaks.join('” and “')}”, and nothing else`, () => {
    expect(titles('failed').toSorted()).toEqual([...breaks].toSorted())
    expect(titles('passed').toSorted()).toEqual(SENTENCES.filter((title) => !breaks.includes(title)).toSorted())
  })
})
