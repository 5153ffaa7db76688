// First step of `npm test`: makes sure that the store's tests have a PgBouncer, or says how to install one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const isRoot = process.getuid?.() === 0
const isDebian = existsSync('/etc/debian_version')
/** Debian installs PgBouncer in a folder that only administrators have in their PATH. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` }

if (!isThere('pgbouncer') && isRoot && isDebian) {
  run('apt-get', ['update'])
  run('apt-get', ['install', '-y', 'pgbouncer'])
}
if (!isThere('pgbouncer') && isThere('brew')) run('brew', ['install', 'pgbouncer'])
if (!isThere('pgbouncer')) {
  console.error("The store's tests need pgbouncer in PATH: install PgBouncer with your package manager.")
  process.exit(1)
}

function run(command: string, args: string[]): void {
  console.log(`No pgbouncer here, so: ${command} ${args.join(' ')}`)
  // Prints no output, because only the result counts: a later check explains a missing PgBouncer in one sentence.
  spawnSync(command, args, { stdio: 'ignore', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } })
}

function isThere(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore', timeout: 30_000, env }).status === 0
}
