// `node tooling/test-on-this-node.ts core client`: the tests of these packages on the Node that runs this file. Tests that
// pnpm runs take the Node of the repository, whatever the machine has.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const [, , ...packages] = process.argv

console.log(`Node ${process.version}`)
for (const name of packages) {
  const folder = join(import.meta.dirname, '../packages', name)
  const vitest = join(dirname(createRequire(join(folder, 'package.json')).resolve('vitest/package.json')), 'vitest.mjs')
  // The project that is named as its package is the one that asks for no browser.
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', name], { cwd: folder, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
