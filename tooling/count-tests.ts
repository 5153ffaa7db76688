// Run by `.ci/run`: prints "N passed, N failed" from the result files of all packages.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Results {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

const root = join(import.meta.dirname, '..')
const totals = { passed: 0, failed: 0 }
const silent: string[] = []

const MANIFESTS = ['packages/*/package.json', 'apps/*/package.json', '{tooling,benchmarks,examples}/package.json']

for (const manifest of globSync(MANIFESTS, { cwd: root })) {
  const { name, scripts } = JSON.parse(readFileSync(join(root, manifest), 'utf8')) as {
    name: string
    scripts?: Record<string, string>
  }
  const files = globSync('.results/*.json', { cwd: join(root, dirname(manifest)) })
  if (scripts?.['test'] && files.length === 0) silent.push(name)
  for (const file of files) {
    const results = JSON.parse(readFileSync(join(root, dirname(manifest), file), 'utf8')) as Results
    totals.passed += results.numPassedTests
    totals.failed += results.numFailedTests + results.testResults.filter(brokeOutsideItsTests).length
  }
}

if (silent.length > 0) console.log(`No test results from ${silent.join(', ')}.`)
console.log(`${totals.passed} passed, ${totals.failed} failed`)
if (silent.length > 0 || totals.failed > 0) process.exitCode = 1

/** A test file that fails to import has no tests, so it counts as one failure. */
function brokeOutsideItsTests({ status, assertionResults }: Results['testResults'][number]): boolean {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed')
}
