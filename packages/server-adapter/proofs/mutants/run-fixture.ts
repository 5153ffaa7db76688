import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The outcome of one test of a suite. */
export interface Verdict {
  /** `TaskStore: …` or `QueueBackend: …`. */
  suite: string
  title: string
  status: string
}

interface Report {
  testResults: { assertionResults: { ancestorTitles: string[]; title: string; status: string }[] }[]
}

/** Longest time of a fixture, in milliseconds. This limit ends only fixtures that hang. */
export const FIXTURE_MS = 300_000

/**
 * Runs fixtures, where some tests must fail, in a process of their own.
 *
 * @param project a project of `vitest.mutants.config.ts`.
 * @param sentences the only tests to run: each has one of these texts in its name, or in the name of its suite. Default: all.
 */
export async function runFixture(project: string, sentences: readonly string[] = []): Promise<Verdict[]> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-mutants-'))
  try {
    const file = join(folder, 'report.json')
    const root = join(import.meta.dirname, '../..')
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const config = join(root, 'vitest.mutants.config.ts')
    const args = [vitest, 'run', '--project', project, '--config', config, '--reporter=json', `--outputFile=${file}`]
    if (sentences.length > 0) args.push('--testNamePattern', sentences.map(escapePattern).join('|'))
    const options = { cwd: root, maxBuffer: 2 ** 26, timeout: FIXTURE_MS, killSignal: 'SIGKILL' } as const
    // The process ends with an error, as it should: some of its tests fail.
    const printed = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, options, (error, stdout, stderr) => {
        resolve(`${error?.signal ?? error?.code}\n${stdout}\n${stderr}`)
      })
    })
    const report = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new Error(`The fixture "${project}" ended without a report: ${printed}`, { cause })
    })
    const { testResults } = JSON.parse(report) as Report
    return testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .map(({ ancestorTitles: [suite = ''], title, status }) => ({ suite, title, status }))
      .filter(({ status }) => status === 'passed' || status === 'failed')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const escapePattern = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
