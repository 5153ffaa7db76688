import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'

/** Modules that importing a package entry must not load, because they are large and most processes never need them. */
const HEAVY = [
  'kysely',
  'pg',
  '@electric-sql/pglite',
  'pg-boss',
  'rate-limiter-flexible/lib/RateLimiterMemory.js',
  '@opentelemetry/api',
  'srvx/node',
  'compression',
  '@modelcontextprotocol/server',
]

const loaded: string[] = []
const built: string[] = []

/** Replaces a function of zod that builds a schema by one that is counted. */
function counted([name, member]: [string, unknown]): [string, unknown] {
  if (typeof member !== 'function' || !/^[a-z]/.test(name)) return [name, member]
  const build = (...input: unknown[]): unknown => {
    built.push(name)
    return member(...input)
  }
  return [name, build]
}

async function importFresh<Module>(entry: () => Promise<Module>): Promise<Module> {
  vi.resetModules()
  for (const name of HEAVY) {
    vi.doMock(name, async (original) => {
      loaded.push(name)
      return original<object>()
    })
  }
  vi.doMock('zod', async (original) => Object.fromEntries(Object.entries(await original<object>()).map(counted)))
  return entry()
}

afterEach(() => {
  for (const name of [...HEAVY, 'zod']) vi.doUnmock(name)
  vi.resetModules()
  loaded.length = 0
  built.length = 0
})

describe.each<[string, () => Promise<object>]>([
  ['@brandkit/server-adapter', () => import('./index.js')],
  ['@brandkit/server-adapter/memory', () => import('./memory.js')],
  ['@brandkit/server-adapter/postgres', () => import('./store/postgres/postgres-store.js')],
  ['@brandkit/server-adapter/mcp', () => import('./integrations/mcp/mcp.js')],
])('importing %s', (_name, entry) => {
  it('builds no schema and loads nothing that only a running server needs', async () => {
    await importFresh(entry)
    expect({ built, loaded }).toEqual({ built: [], loaded: [] })
  })
})

it('builds as soon as something is needed', async () => {
  const { brandTasks } = await importFresh(() => import('@brandkit/core'))
  expect(built).toEqual([])
  expect(brandTasks.GENERATE_TRENDS.payload.safeParse({ topic: 'tea' }).success).toBe(true)
  expect(built).toContain('strictObject')
})

/** What `pnpm build` makes. */
const BUILT = join(import.meta.dirname, '../dist')
const CORE = join(import.meta.dirname, '../../core')

interface Imports {
  files: Set<string>
  packages: Set<string>
}

/** Everything that the import of a built file loads of its own build, and the packages that those files import. */
async function importsOf(file: string, found: Imports = { files: new Set(), packages: new Set() }): Promise<Imports> {
  if (found.files.has(file)) return found
  found.files.add(file)
  const code = await readFile(file, 'utf8')
  for (const [, from, alone] of code.matchAll(
    /^(?:import|export)\b[^'";]*?\bfrom\s*["']([^"']+)["']|^import\s*["']([^"']+)["']/gm,
  )) {
    const name = from ?? alone ?? ''
    if (name.startsWith('.')) await importsOf(join(dirname(file), name), found)
    else found.packages.add(name)
  }
  return found
}

describe('the build', () => {
  it.each([
    [
      'index.js',
      [
        '@brandkit/core',
        '@brandkit/core/schemas',
        '@noble/hashes/sha2.js',
        '@noble/hashes/utils.js',
        'dequal',
        'uuid',
        'zod',
      ],
    ],
    ['store/postgres/postgres-store.js', ['@brandkit/core', 'path', 'url']],
  ])('loads nothing else with %s than %j', async (file, packages) => {
    const imports = await importsOf(join(BUILT, file))
    expect([...imports.packages].toSorted()).toEqual(packages)
  })

  it('gives Node all of core in a few files, which load zod and leven', async () => {
    const { exports } = JSON.parse(await readFile(join(CORE, 'package.json'), 'utf8')) as {
      exports: Record<string, { node: string }>
    }
    const found: Imports = { files: new Set(), packages: new Set() }
    for (const door of ['.', './schemas', './brand-tasks'])
      await importsOf(join(CORE, exports[door]?.node ?? ''), found)
    expect([...found.packages].toSorted()).toEqual(['leven', 'zod'])
    expect(found.files.size).toBeLessThanOrEqual(8)
  })
})
