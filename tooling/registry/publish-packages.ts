import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { LoopbackRegistry } from '@brandkit/tooling/start-registry'

/** The folder of this repository. */
export const REPOSITORY = join(import.meta.dirname, '../..')

export interface PublishOptions {
  /** The clone of the repository whose packages are published, as they were built. Default: this one. */
  repository?: string
}

/**
 * Packs and publishes every public package to the loopback registry, as the release does it: what lies in `dist` is what is
 * published, so build first. Resolves when all can be installed.
 */
export async function publishPackages(
  registry: LoopbackRegistry,
  { repository = REPOSITORY }: PublishOptions = {},
): Promise<void> {
  const args = ['--recursive', '--filter', './packages/*', 'publish', '--no-git-checks', '--registry', registry.url]
  await withLoopbackOnly(registry, {
    cwd: repository,
    run: (env) => promisify(execFile)('pnpm', args, { cwd: repository, env }),
  })
}

/**
 * Runs a command that publishes with settings that know no other registry than this one. `--registry` alone would not do: a
 * line `@brandkit:registry=` in a person's own settings is stronger.
 */
export async function withLoopbackOnly<Result>(
  { url, npmrc }: LoopbackRegistry,
  { cwd, run }: { cwd: string; run: (env: NodeJS.ProcessEnv) => Promise<Result> },
): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), 'brandkit-home-'))
  try {
    await writeFile(join(home, '.npmrc'), `registry=${url}\n${npmrc}`)
    const own = Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_config_|_TOKEN$/i.test(name))
    const env = {
      ...Object.fromEntries(own),
      ...Object.fromEntries(SETTINGS_FOLDERS.map((name) => [name, home])),
      NPM_CONFIG_USERCONFIG: join(home, '.npmrc'),
      NPM_CONFIG_GLOBALCONFIG: join(home, 'npmrc'),
      PATH: [join(REPOSITORY, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
    }
    for (const name of ['registry', '@brandkit:registry']) {
      const { stdout } = await promisify(execFile)('pnpm', ['config', 'get', name], { cwd, env })
      const taken = stdout.trim()
      if (!taken.startsWith('http://127.0.0.1:') || new URL(taken).href !== url) {
        throw new Error(`Nothing is published, because the setting ${name} is ${taken} instead of ${url}.`)
      }
    }
    return await run(env)
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** What names the folder of a person's settings, on Linux, macOS and Windows. */
const SETTINGS_FOLDERS = ['HOME', 'XDG_CONFIG_HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA']
