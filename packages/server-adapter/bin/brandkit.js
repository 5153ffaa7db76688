#!/usr/bin/env node
// Plain syntax that an old Node.js can read, because the package itself needs a newer one.
import process from 'node:process'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    'brandkit needs Node.js 22.12 or newer; this is ' + process.versions.node + '. Install the current LTS release.',
  )
  process.exitCode = 2
} else {
  void import('../dist/cli/main.js').then(({ main }) => main(process.argv.slice(2)))
}
