import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')

/** What each test of a `*.bench.tsx` has left in its `meta`, in the order of the tests. */
export async function runInChromium<Meta>(file: string, sizes: Record<string, string>): Promise<Meta[]> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-chromium-'))
  const output = join(folder, 'results.json')
  try {
    await promisify(execFile)(
      process.execPath,
      [
        VITEST,
        'run',
        file,
        '--config',
        join(import.meta.dirname, 'vitest.config.ts'),
        '--reporter=json',
        `--outputFile=${output}`,
      ],
      { cwd: import.meta.dirname, env: { ...process.env, ...sizes } },
    )
    const { testResults } = JSON.parse(await readFile(output, 'utf8')) as {
      testResults: { assertionResults: { meta: Meta }[] }[]
    }
    return testResults.flatMap(({ assertionResults }) => assertionResults.map(({ meta }) => meta))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
