// First step of `npm test`: makes sure that the browser tests have a Chromium, or says how to install one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, isAbsolute } from 'node:path'
import { chooseChromium, findChromium, HEADLESS_SHELL } from '@brandkit/tooling/find-chromium'
import { installHeadlessShell } from '@brandkit/tooling/install-headless-shell'

const isRoot = process.getuid?.() === 0
const isDebian = existsSync('/etc/debian_version')

const named = process.env['CHROMIUM_PATH']
if (named) checkNamed(named)
else bringChromium()

function checkNamed(path: string): void {
  if (!isAbsolute(path)) fail(`CHROMIUM_PATH is ${path}; the tests run in several folders, so write the whole path.`)
  if (!findChromium()) fail(`CHROMIUM_PATH names ${path}, where there is no file: correct it, or unset it.`)
  if (!starts(path)) fail(`CHROMIUM_PATH names ${path}, which does not start: correct it, or unset it.`)
}

function bringChromium(): void {
  let choice = chooseChromium({ starts })
  if (isRoot && isDebian && basename(choice ?? '') !== HEADLESS_SHELL) {
    installHeadlessShell({ run, printed })
    choice = chooseChromium({ starts })
  }
  if (choice) return
  run('pnpm', ['--dir', import.meta.dirname, 'exec', 'playwright', 'install', ...withLibraries()])
  if (chooseChromium({ starts })) return
  fail('The browser tests need Chromium: install it with your package manager, or set CHROMIUM_PATH to a Chrome.')
}

function withLibraries(): string[] {
  return isRoot ? ['--with-deps', 'chromium'] : ['chromium']
}

function run(command: string, args: string[]): void {
  console.log(`No ${HEADLESS_SHELL} that starts here, so: ${command} ${args.join(' ')}`)
  // Prints no output, because only the result counts: a later check explains a missing browser in one sentence.
  spawnSync(command, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

function printed(command: string, args: string[]): string {
  return spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).stdout ?? ''
}

/**
 * Starts the browser, because the file alone proves little: a download may lack the system's libraries, and Ubuntu's
 * package may be an empty shell.
 */
function starts(path: string): boolean {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
