import { beforeAll, describe, expect, it } from 'vitest'
import { GROUP_COMMIT_MUTANTS } from './group-commit-mutants.js'
import { FIXTURE_MS, runFixture, type Verdict } from '../mutants/run-fixture.js'

const SENTENCES = GROUP_COMMIT_MUTANTS.map(({ breaks }) => breaks)

let outcomes: Verdict[]
beforeAll(async () => {
  outcomes = await runFixture('group commit', SENTENCES)
}, FIXTURE_MS + 10_000)

const titles = (name: string, wanted: string) =>
  outcomes.flatMap(({ suite, title, status }) => (suite === `TaskStore: ${name}` && status === wanted ? [title] : []))

describe('what the store suite says of the group commit', () => {
  it('is nothing where it is sound', () => {
    expect(titles('sound', 'failed')).toEqual([])
    expect(titles('sound', 'passed').toSorted()).toEqual(SENTENCES.toSorted())
  })

  it.each(GROUP_COMMIT_MUTANTS)('is “$breaks” where it $name, and nothing else', ({ name, breaks }) => {
    expect(titles(name, 'failed')).toEqual([breaks])
    expect(titles(name, 'passed').toSorted()).toEqual(SENTENCES.filter((sentence) => sentence !== breaks).toSorted())
  })
})
