import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const SERVER = 'packages/server-adapter/src'

/** In this folder, these imports run up a floor. */
const REFUSED: [folder: string, ...imports: string[]][] = [
  ['packages/core/src', '@brandkit/client', '@brandkit/react', '@brandkit/server-adapter/testing'],
  ['packages/core/src/protocol', '@brandkit/client', '../../../client/src/index.js'],
  ['packages/client/src', '@brandkit/react', '@brandkit/server-adapter', '@brandkit/server-adapter/memory'],
  ['packages/client/src', 'zod', 'zod/mini', '../../core/src/background-task.schema.js', './local.schema.js'],
  ['packages/client/src', '@brandkit/core/schemas', '@brandkit/core/brand-tasks'],
  [
    'packages/react/src/hooks',
    '@brandkit/server-adapter',
    '@brandkit/tooling/vitest',
    '@brandkit/core/schemas',
    'zod',
    'ky',
    '../local.schema.js',
  ],
  [SERVER, '@brandkit/client', '@brandkit/react', '../proofs/fixtures/sample-tasks.js'],
  [`${SERVER}/cli/doctor`, '@brandkit/client', '../../../proofs/fixtures/sample-tasks.js'],
  [`${SERVER}/integrations`, '@brandkit/client', '../store/memory-store.js', '../index.js'],
  [`${SERVER}/http`, '../integrations/node.js', '../store/memory-store.js', '../create-task-server.js', 'node:crypto'],
  [`${SERVER}/http/actions`, '../../integrations/node.js', '../../queue/pg-boss/pg-boss-queue.js'],
  [`${SERVER}/runtime`, '../http/task-handler.js', '../integrations/node.js', '../queue/memory-queue.js', 'node:util'],
  [`${SERVER}/store`, '../runtime/worker.js', '../http/task-handler.js', '../queue/queue-backend.js', '../index.js'],
  [`${SERVER}/store/postgres`, '../../runtime/worker.js', '../../queue/memory-queue.js', '@brandkit/client'],
  [`${SERVER}/queue`, '../runtime/worker.js', '../store/memory-store.js', '../http/task-handler.js'],
  [`${SERVER}/queue/pg-boss`, '../../runtime/worker.js', '../../store/postgres/postgres-store.js'],
  [
    `${SERVER}/testing`,
    '../store/memory-store.js',
    '../queue/memory-queue.js',
    '../../proofs/fixtures/sample-tasks.js',
  ],
  ['packages/server-adapter/proofs/model', '@brandkit/client', '@brandkit/react'],
]

/** In this folder, these imports run down, or stay on their floor. */
const ACCEPTED: typeof REFUSED = [
  ['packages/core/src', 'zod', './json.js', './brand-tasks/index.js'],
  ['packages/client/src', '@brandkit/core', '@brandkit/core/limits', './task-service.js'],
  [
    'packages/react/src/hooks',
    '@brandkit/core',
    '@brandkit/core/limits',
    '@brandkit/client',
    '@brandkit/client/websocket',
    'react',
  ],
  [
    SERVER,
    './store/memory-store.js',
    './queue/memory-queue.js',
    './http/task-handler.js',
    '@brandkit/core',
    '@brandkit/core/schemas',
  ],
  [`${SERVER}/cli/doctor`, '../../store/postgres/migrate.js', '../../queue/bullmq/connect-redis.js', 'node:dns'],
  [`${SERVER}/integrations`, '../http/task-handler.js', 'node:http'],
  [
    `${SERVER}/http/actions`,
    '../../runtime/worker.js',
    '../../store/task-store.js',
    '../define-action.js',
    '../../platform.js',
  ],
  [
    `${SERVER}/runtime`,
    '../store/task-store.js',
    '../store/lease.js',
    '../queue/queue-backend.js',
    '../principal.js',
    'zod',
  ],
  [`${SERVER}/store/postgres`, '../task-store.js', '../../principal.js', '@brandkit/core', 'kysely', './rows.js'],
  [`${SERVER}/queue/pg-boss`, '../queue-backend.js', '../../store/task-store.js', 'pg-boss'],
  [`${SERVER}/testing`, '../store/task-store.js', '../../store/task-store.js', 'vitest'],
  [`${SERVER}/testing/fake-server`, '../../store/memory-store.js', '../../queue/memory-queue.js'],
  [`${SERVER}/testing/generator-kit`, '../../store/memory-store.js', '../fake-server/fake-clock.js'],
  ['packages/server-adapter/proofs/model', '../../src/memory.js', '@brandkit/core', '@brandkit/server-adapter/memory'],
]

interface Probe {
  file: string
  source: string
}

const probes: Probe[] = []
const probe = (file: string, source: string) => {
  probes.push({ file, source })
  return file
}
const toRows = (table: typeof REFUSED) =>
  table.flatMap(([folder, ...imports]) =>
    imports.map((specifier) => ({
      folder,
      specifier,
      file: probe(`${folder}/probe-${probes.length}.ts`, `export { probe } from '${specifier}'\n`),
    })),
  )

const refused = toRows(REFUSED)
const accepted = toRows(ACCEPTED)
const catalogOfClient = probe('packages/client/src/by-name.ts', `export { brandTasks } from '@brandkit/core'\n`)
const catalogByName = probe('packages/react/src/by-name.ts', `export { brandTasks } from '@brandkit/core'\n`)
const catalogType = probe('packages/react/src/by-type.ts', `export type { brandTasks } from '@brandkit/core'\n`)
const seam = probe(`${SERVER}/store/task-store.ts`, `export { probe } from './memory-store.js'\n`)
const driverTest = probe(`${SERVER}/store/probe.test.ts`, `export { probe } from '../queue/memory-queue.js'\n`)
const proofOfTest = probe(
  `${SERVER}/runtime/proof.test.ts`,
  `export { probe } from '../../proofs/fixtures/sample-tasks.js'\n`,
)
const driverOfTest = probe(`${SERVER}/runtime/probe.test.ts`, `export { probe } from '../store/memory-store.js'\n`)
const schemaTest = probe('packages/client/src/probe.test.ts', `export { probe } from 'zod'\n`)
const FAKE = '@brandkit/server-adapter/testing/fake-server'
const TESTS_OF_PAGES = [
  'client/src/a.test.ts',
  'client/src/a.fixture.ts',
  'react/src/a.test.tsx',
  'react/src/a.stories.tsx',
]
const fakeInTests = TESTS_OF_PAGES.map((file) => probe(`packages/${file}`, `export { probe } from '${FAKE}'\n`))
const fakeShipped = ['client/src/b.ts', 'react/src/b.tsx', 'react/src/testing/b.ts', 'react/src/testing.ts'].map(
  (file) => probe(`packages/${file}`, `export { probe } from '${FAKE}'\n`),
)
const serverInTest = probe('packages/client/src/c.test.ts', `export { probe } from '@brandkit/server-adapter/memory'\n`)
const cycle = probe('packages/core/src/one.ts', `import { two } from './two.js'\nexport const one = () => two\n`)
probe('packages/core/src/two.ts', `import { one } from './one.js'\nexport const two = () => one\n`)

let folder: string
let codes: Map<string, string[]>

beforeAll(async () => {
  // The probes stand in a folder of their own, so that builds and editors ignore them.
  folder = await mkdtemp(join(tmpdir(), 'brandkit-lint-'))
  await copyFile(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const { file, source } of probes) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), source)
  }
  codes = await lint(folder)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** The broken rules, by file. */
async function lint(cwd: string): Promise<Map<string, string[]>> {
  const report = await new Promise<string>((done) => {
    // oxlint exits with 1 when it finds a violation, as these tests expect.
    execFile(
      join(ROOT, 'node_modules/.bin/oxlint'),
      ['--format=json', 'packages'],
      { cwd, maxBuffer: 1e7 },
      (_error, out) => done(out),
    )
  })
  const { diagnostics } = JSON.parse(report) as { diagnostics: { code: string; severity: string; filename: string }[] }
  const found = new Map<string, string[]>()
  for (const { code, severity, filename } of diagnostics) {
    if (severity === 'error') found.set(filename, [...(found.get(filename) ?? []), code])
  }
  return found
}

const FLOOR = 'eslint(no-restricted-imports)'

describe('the floors', () => {
  it.each(refused)('refuse $specifier in $folder', ({ file }) => {
    expect(codes.get(file)).toContain(FLOOR)
  })

  it.each(accepted)('accept $specifier in $folder', ({ file }) => {
    expect(codes.get(file) ?? []).not.toContain(FLOOR)
  })

  it('keep the catalog out of the browser, and let its type through', () => {
    expect(codes.get(catalogOfClient)).toContain(FLOOR)
    expect(codes.get(catalogByName)).toContain(FLOOR)
    expect(codes.get(catalogType) ?? []).not.toContain(FLOOR)
  })

  it('keep a seam free of its drivers', () => {
    expect(codes.get(seam)).toContain(FLOOR)
  })

  it('leave tests free to import a driver, a proof or a schema', () => {
    for (const file of [driverTest, driverOfTest, proofOfTest, schemaTest])
      expect(codes.get(file) ?? []).not.toContain(FLOOR)
  })

  it('let only tests and stories of client and react meet the fake task server, and nothing else of a server', () => {
    for (const file of fakeInTests) expect(codes.get(file) ?? []).not.toContain(FLOOR)
    for (const file of [...fakeShipped, serverInTest]) expect(codes.get(file)).toContain(FLOOR)
  })
})

it('import cycles are refused', () => {
  expect(codes.get(cycle)).toContain('import(no-cycle)')
})
