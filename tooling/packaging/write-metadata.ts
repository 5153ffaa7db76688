// `pnpm run metadata`: tells all packages and pages the address that the line `repository` of the root's package.json has.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { wantedFiles } from '@brandkit/tooling/package-metadata'

const root = join(import.meta.dirname, '../..')
let changed = 0

for (const [path, wanted] of wantedFiles()) {
  const file = join(root, path)
  if (readFileSync(file, 'utf8') === wanted) continue
  writeFileSync(file, wanted)
  changed += 1
  console.log(`wrote ${path}`)
}
console.log(changed === 0 ? 'All files have the address already.' : `${changed} files changed.`)
