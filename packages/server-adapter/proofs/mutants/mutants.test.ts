import { beforeAll, describe, expect, it } from 'vitest'
import { ENCRYPTION_MUTANTS } from './encryption-mutants.js'
import { ENDPOINT_MUTANTS } from './endpoint-mutants.js'
import { MOUNT_MUTANTS } from './mount-mutants.js'
import { QUEUE_MUTANTS } from './queue-mutants.js'
import { FIXTURE_MS, runFixture, type Verdict } from './run-fixture.js'
import { STORE_MUTANTS } from './store-mutants.js'

/** The small suites, and two groups of the endpoint suite that a mutant elsewhere leaves in peace. */
const WHOLE = ['QueueBackend: ', 'mount: ', 'encrypted store: ', ' create ', ' status ']

/** What each mutant meets beside them: the tests that some mutant breaks. */
const BROKEN = [...STORE_MUTANTS, ...ENDPOINT_MUTANTS].map(({ breaks }) => breaks)

let outcomes: Verdict[]

/** Runs the published suites against every mutant, and records which of their tests each mutant breaks. */
beforeAll(async () => {
  outcomes = (await Promise.all([runFixture('sound'), runFixture('mutants', [...WHOLE, ...BROKEN])])).flat()
}, FIXTURE_MS + 10_000)

interface Suite {
  kind: string
  prefix: string
  mutants: readonly { name: string; breaks: string }[]
}

describe.each<Suite>([
  { kind: 'store', prefix: 'TaskStore', mutants: STORE_MUTANTS },
  { kind: 'queue', prefix: 'QueueBackend', mutants: QUEUE_MUTANTS },
  { kind: 'endpoint', prefix: 'task endpoint', mutants: ENDPOINT_MUTANTS },
  { kind: 'mount', prefix: 'mount', mutants: MOUNT_MUTANTS },
  { kind: 'encryption', prefix: 'encrypted store', mutants: ENCRYPTION_MUTANTS },
])('the $kind suite', ({ prefix, mutants }) => {
  it('has nothing to say of a sound one, after looking at everything', () => {
    const verdicts = outcomes.filter(({ suite }) => suite === `${prefix}: sound`)
    expect(verdicts.length).toBeGreaterThan(10)
    expect(verdicts.filter(({ status }) => status !== 'passed')).toEqual([])
  })

  it.each(mutants)('notices one that $name: “$breaks” fails', ({ name, breaks }) => {
    const verdicts = outcomes.filter(({ suite }) => suite === `${prefix}: ${name}`)
    expect(verdicts.filter(({ status }) => status === 'failed').map(({ title }) => title)).toContain(breaks)
    // A mutant has one fault; a mutant that breaks everything would prove nothing.
    expect(verdicts.filter(({ status }) => status === 'passed').length).toBeGreaterThan(10)
  })
})
