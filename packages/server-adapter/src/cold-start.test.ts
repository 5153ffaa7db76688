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
