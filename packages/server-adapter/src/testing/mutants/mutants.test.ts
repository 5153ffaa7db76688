import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QUEUE_MUTANTS } from './queue-mutants.js'
import { STORE_MUTANTS } from './store-mutants.js'

interface Report {
  testResults: { assertionResults: { ancestorTitles: string[]; title: string; status: string }[] }[]
}

let folder: string
let outcomes: { suite: string; title: string; status: string }[]

/** Runs the published suites against every mutant, and notes which of their sentences each breaks. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brandkit-mutants-'))
  const file = join(folder, 'report.json')
  const root = join(import.meta.dirname, '../../..')
  const config = join(root, 'vitest.mutants.config.ts')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { promise, resolve } = Promise.withResolvers<void>()
  // It ends with an error, as it should: most of its tests fail.
  const args = [vitest, 'run', '--config', config, '--reporter=json', `--outputFile=${file}`]
  execFile(process.execPath, args, { cwd: root, maxBuffer: 2 ** 26, timeout: 110_000, killSignal: 'SIGKILL' }, () =>
    resolve(),
  )
  await promise
  const report = JSON.parse(await readFile(file, 'utf8')) as Report
  outcomes = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ ancestorTitles: [suite = ''], title, status }) => ({ suite, title, status }))
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Suite {
  kind: string
  prefix: string
  mutants: readonly { name: string; breaks: string }[]
}

describe.each<Suite>([
  { kind: 'store', prefix: 'TaskStore', mutants: STORE_MUTANTS },
  { kind: 'queue', prefix: 'QueueBackend', mutants: QUEUE_MUTANTS },
])('the $kind suite', ({ prefix, mutants }) => {
  it('has nothing to say of a sound one, after looking at everything', () => {
    const verdicts = outcomes.filter(({ suite }) => suite === `${prefix}: sound`)
    expect(verdicts.length).toBeGreaterThan(10)
    expect(verdicts.filter(({ status }) => status !== 'passed')).toEqual([])
  })

  it.each(mutants)('notices one that $name: “$breaks” fails', ({ name, breaks }) => {
    const verdicts = outcomes.filter(({ suite }) => suite === `${prefix}: ${name}`)
    expect(verdicts.filter(({ status }) => status === 'failed').map(({ title }) => title)).toContain(breaks)
    // It is broken in one place; one that breaks everything would prove nothing.
    expect(verdicts.filter(({ status }) => status === 'passed').length).toBeGreaterThan(10)
  })
})
