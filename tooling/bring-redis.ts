// First step of `npm test`: makes sure that the queue tests have a redis-server, or says how to install one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const isRoot = process.getuid?.() === 0
const isDebian = existsSync('/etc/debian_version')

if (!isThere('redis-server') && isRoot && isDebian) {
  run('apt-get', ['update'])
  run('apt-get', ['install', '-y', 'redis-server'])
}
if (!isThere('redis-server') && isThere('brew')) run('brew', ['install', 'redis'])
if (!isThere('redis-server')) {
  console.error('The queue tests need redis-server in PATH: install Redis with your package manager.')
  process.exit(1)
}

function run(command: string, args: string[]): void {
  console.log(`No redis-server here, so: ${command} ${args.join(' ')}`)
  // Prints no output, because only the result counts: a later check explains a missing server in one sentence.
  spawnSync(command, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

function isThere(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}
