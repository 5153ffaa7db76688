// Run by `npm test` before anything else: makes sure that the browser tests have a Chromium, or says what to install.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { findChromium, HEADLESS_SHELL } from '@brandkit/tooling/find-chromium'

const isRoot = process.getuid?.() === 0
const isDebian = existsSync('/etc/debian_version')

const named = process.env['CHROMIUM_PATH']
if (!findChromium() && named) fail(`CHROMIUM_PATH names ${named}, where there is no file: correct it, or unset it.`)
if (named && !works(named)) fail(`CHROMIUM_PATH names ${named}, which does not start: correct it, or unset it.`)
if (!named && isRoot && isDebian && basename(findChromium() ?? '') !== HEADLESS_SHELL) {
  // Without a network the tests run on what there is.
  run('apt-get', ['update', '-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::Retries=0'])
  run('apt-get', ['install', '-y', HEADLESS_SHELL])
}
if (!works(findChromium()))
  run('pnpm', ['--dir', import.meta.dirname, 'exec', 'playwright', 'install', ...withLibraries()])
if (!works(findChromium())) {
  fail('The browser tests need Chromium: install it with your package manager, or set CHROMIUM_PATH to a Chrome.')
}

function withLibraries(): string[] {
  return isRoot ? ['--with-deps', 'chromium'] : ['chromium']
}

function run(command: string, args: string[]): void {
  console.log(`No ${HEADLESS_SHELL} here, so: ${command} ${args.join(' ')}`)
  // Silent, because what counts is whether there is a browser afterwards; if not, one sentence says what to do.
  spawnSync(command, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

/** A file is not enough: a download may lack the system's libraries, and Ubuntu's package may be an empty shell. */
function works(path: string | undefined): boolean {
  return path !== undefined && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
