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
const failed = new Map<string, string[]>()

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
  for (const { ancestorTitles, title, status } of report.testResults.flatMap((result) => result.assertionResults)) {
    const [suite = ''] = ancestorTitles
    const sentences = failed.get(suite) ?? []
    failed.set(suite, sentences)
    if (status === 'failed') sentences.push(title)
  }
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the store suite', () => {
  it('has nothing to say of a sound store', () => {
    expect(failed.get('TaskStore: sound')).toEqual([])
  })

  it.each(STORE_MUTANTS)('notices a store that $name', ({ name }) => {
    expect(failed.get(`TaskStore: ${name}`)).not.toEqual([])
    expect(failed.get(`TaskStore: ${name}`)).toBeDefined()
  })
})

describe('the queue suite', () => {
  it('has nothing to say of a sound queue', () => {
    expect(failed.get('QueueBackend: sound')).toEqual([])
  })

  it.each(QUEUE_MUTANTS)('notices a queue that $name', ({ name }) => {
    expect(failed.get(`QueueBackend: ${name}`)).not.toEqual([])
    expect(failed.get(`QueueBackend: ${name}`)).toBeDefined()
  })
})
