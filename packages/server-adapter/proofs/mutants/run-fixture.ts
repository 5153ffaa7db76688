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

/** Longest time of a fixture, in milliseconds. */
export const FIXTURE_MS = 110_000

/**
 * Runs a fixture, where some tests must fail, in a process of its own: one file, or all files of a folder in parallel.
 *
 * @param sentences the only tests to look at. Default: all.
 */
export async function runFixture(fixture: string, sentences: readonly string[] = []): Promise<Verdict[]> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-mutants-'))
  try {
    const file = join(folder, 'report.json')
    const root = join(import.meta.dirname, '../..')
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const config = join(root, 'vitest.mutants.config.ts')
    const args = [vitest, 'run', fixture, '--config', config, '--reporter=json', `--outputFile=${file}`]
    if (sentences.length > 0) args.push('--testNamePattern', sentences.map(escapePattern).join('|'))
    // The process ends with an error, as it should: some of its tests fail.
    await new Promise<void>((resolve) => {
      execFile(
        process.execPath,
        args,
        { cwd: root, maxBuffer: 2 ** 26, timeout: FIXTURE_MS, killSignal: 'SIGKILL' },
        () => resolve(),
      )
    })
    const { testResults } = JSON.parse(await readFile(file, 'utf8')) as Report
    return testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .map(({ ancestorTitles: [suite = ''], title, status }) => ({ suite, title, status }))
      .filter(({ status }) => status === 'passed' || status === 'failed')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const escapePattern = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
