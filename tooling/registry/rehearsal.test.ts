import { execFile } from 'node:child_process'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { REPOSITORY, withLoopbackOnly } from '@brandkit/tooling/publish-packages'
import { type LoopbackRegistry, startRegistry } from '@brandkit/tooling/start-registry'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

/**
 * A release from end to end: what the workflow `release.yml` runs, in a clone, with a registry on this machine. The clone has
 * the last commit, and the packages as they are built here.
 */
const PACKAGES = ['client', 'core', 'react', 'server-adapter']

let folder: string
let clone: string
let registry: LoopbackRegistry

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brandkit-rehearsal-'))
  clone = join(folder, 'clone')
  registry = await startRegistry()
  await run('git', ['clone', '--quiet', REPOSITORY, clone], { cwd: folder })
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline', '--filter', '@brandkit/root'])
  for (const name of PACKAGES) {
    await cp(join(REPOSITORY, 'packages', name, 'dist'), join(clone, 'packages', name, 'dist'), { recursive: true })
  }
  await appendFile(join(clone, '.npmrc'), registry.npmrc)
  await run('git', ['config', 'user.name', 'Rehearsal'])
  await run('git', ['config', 'user.email', 'rehearsal@example.com'])
})

afterAll(async () => {
  await registry.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('changeset version', () => {
  it('gives all packages the same next version, and tells their users what is new', async () => {
    const before = await manifests()
    const hasChanges = (await readdir(join(clone, '.changeset'))).some((file) => /^(?!README).*\.md$/.test(file))
    if (!hasChanges)
      await writeFile(join(clone, '.changeset/first.md'), change('minor', '@brandkit/core', 'The first.'))
    await run('changeset', ['version'])

    const after = await manifests()
    const versions = new Set(after.map(({ version }) => version))
    expect(versions.size).toBe(1)
    expect(versions).not.toContain(before[0]?.version)
    for (const name of PACKAGES) {
      const start = new RegExp(`^# @brandkit/${name}\\n\\n## ${after[0]?.version}\\n\\n### \\w+ Changes\\n\\n- `)
      expect(await changelog(name)).toMatch(start)
    }
    expect(await readdir(join(clone, '.changeset'))).toEqual(['README.md', 'config.json'])
    await run('oxfmt', ['--check', '.'])
  })

  it('moves all packages with a change of one', async () => {
    const before = await manifests()
    await writeFile(
      join(clone, '.changeset/one.md'),
      change('patch', '@brandkit/client', 'A client that is one better.'),
    )
    await run('changeset', ['version'])

    const after = await manifests()
    const [, patch] = /\.(\d+)$/.exec(before[0]?.version ?? '') ?? []
    expect(after.map(({ version }) => version)).toEqual(
      before.map(({ version }) => version.replace(/\d+$/, String(Number(patch) + 1))),
    )
    expect(await changelog('client')).toContain('A client that is one better.')
    await run('git', ['add', '--all'])
    await run('git', ['commit', '--quiet', '--message', 'chore: release'])
  })
})

describe('changeset publish', () => {
  it('refuses to publish what npm could not trace to a commit, as the workflow asks', async () => {
    await changeset(['publish-plan', '--output', join(folder, 'plan.json')])
    await changeset(['pack', '--from-publish-plan', join(folder, 'plan.json'), '--out-dir', join(folder, 'packed')])
    await expect(publish({ PNPM_CONFIG_PROVENANCE: 'true' })).rejects.toMatchObject({
      stdout: expect.stringMatching(/provenance/i),
    })
    expect((await published('core')).versions).toBeUndefined()
  })

  it('publishes each packed package once, with its siblings in the same version', async () => {
    const version = (await manifests())[0]?.version ?? ''
    await publish()
    for (const name of PACKAGES) {
      const { versions = {}, 'dist-tags': tags } = await published(name)
      expect(tags).toEqual({ latest: version })
      expect(versions[version]?.repository).toMatchObject({ directory: `packages/${name}` })
      const { dependencies = {} } = versions[version] ?? {}
      const siblings = Object.entries(dependencies).filter(([on]) => on.startsWith('@brandkit/'))
      expect(siblings.map(([, range]) => range)).toEqual(siblings.map(() => `^${version}`))
    }
    const tags = await run('git', ['tag'])
    expect(tags.trim().split('\n')).toEqual(PACKAGES.map((name) => `@brandkit/${name}@${version}`))
  })

  it('publishes nothing a second time', async () => {
    await expect(changeset(['publish'])).resolves.toContain('No unpublished')
  })

  it('publishes nothing where another registry is set', async () => {
    const elsewhere = join(folder, 'elsewhere')
    await mkdir(elsewhere)
    await writeFile(join(elsewhere, '.npmrc'), '@brandkit:registry=http://127.0.0.1:9/\n')
    const work = vi.fn<() => Promise<void>>()
    await expect(withLoopbackOnly(registry, { cwd: elsewhere, run: work })).rejects.toThrow('Nothing is published')
    expect(work).not.toHaveBeenCalled()
  })
})

describe('a fresh project', () => {
  it('installs the packages from the registry and imports them', async () => {
    const project = join(folder, 'project')
    await mkdir(project)
    await writeFile(join(project, '.npmrc'), registry.npmrc)
    await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'fresh', private: true, type: 'module' }))
    const names = PACKAGES.map((name) => `@brandkit/${name}`)
    await run('npm', ['install', '--no-audit', '--no-fund', ...names], { cwd: project })
    await writeFile(
      join(project, 'index.js'),
      `const doors = await Promise.all(${JSON.stringify(names)}.map((name) => import(name)))
       console.log(JSON.stringify(doors.map((door) => Object.keys(door))))`,
    )
    const doors = JSON.parse(await run('node', ['index.js'], { cwd: project })) as string[][]
    expect(doors).toEqual([
      expect.arrayContaining(['createTaskService']),
      expect.arrayContaining(['defineTasks']),
      expect.arrayContaining(['TaskProvider']),
      expect.arrayContaining(['createTaskServer']),
    ])
  })
})

const change = (bump: string, name: string, text: string) => `---\n'${name}': ${bump}\n---\n\n${text}\n`

async function manifests(): Promise<{ version: string }[]> {
  const texts = PACKAGES.map((name) => readFile(join(clone, 'packages', name, 'package.json'), 'utf8'))
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as { version: string })
}

const changelog = (name: string) => readFile(join(clone, 'packages', name, 'CHANGELOG.md'), 'utf8')

/** Runs changesets where no other registry than ours is known. */
const changeset = (args: string[], more: NodeJS.ProcessEnv = {}) =>
  withLoopbackOnly(registry, { cwd: clone, run: (env) => run('changeset', args, { env: { ...env, ...more } }) })

const publish = (more?: NodeJS.ProcessEnv) => changeset(['publish', '--from-pack-dir', join(folder, 'packed')], more)

interface Published {
  versions?: Record<string, { dependencies?: Record<string, string>; repository?: { directory: string } }>
  'dist-tags': Record<string, string>
}

async function published(name: string): Promise<Published> {
  const response = await fetch(new URL(encodeURIComponent(`@brandkit/${name}`), registry.url))
  return (await response.json()) as Published
}

/** What a command prints. */
async function run(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: clone, ...options })
  return stdout + stderr
}
