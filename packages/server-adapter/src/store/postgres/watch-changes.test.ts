import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { STUBBORN_MS } from '../../patience.js'
import type { TaskOwner } from '../../principal.js'
import type { Listening } from '../sql-database.js'
import type { Connection } from './connection.js'
import { watchChanges } from './watch-changes.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A database that answers every statement with no rows and records the statements. */
function countingConnection() {
  const statements: { sql: string; parameters: readonly unknown[] }[] = []
  const database = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query: { sql, parameters } }) => void statements.push({ sql, parameters }),
  })
  let listening: Listening | undefined
  const connection: Connection = {
    database,
    patient: database,
    handle: { kind: 'pglite', pglite: {} },
    exclusive: false,
    listener: 'self',
    listen(given) {
      listening = given
      return async () => {}
    },
    close: async () => {},
  }
  return { statements, connection, heard: (state: 'live' | 'lost') => listening?.onState(state) }
}

const watcher = (owners: TaskOwner[], taskIds: string[] = []) => ({
  onChanges: () => {},
  following: () => taskIds,
  owners: () => owners,
})

describe('watchChanges, where nothing can be heard', () => {
  it('closes within seconds although its question is never answered, and asks no more', async () => {
    const { connection } = countingConnection()
    const ask = vi.spyOn(DummyDriver.prototype, 'acquireConnection').mockReturnValue(new Promise(() => {}))
    onTestFinished(() => ask.mockRestore())
    const changes = watchChanges(connection)
    changes.watch(watcher([{ reach: 'tenant', tenantId: 'acme' }]))
    await vi.advanceTimersByTimeAsync(0)
    expect(ask).toHaveBeenCalledOnce()
    const closed = vi.fn<() => void>()
    void changes.close().then(closed)
    await vi.advanceTimersByTimeAsync(STUBBORN_MS)
    expect(closed).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('asks one question a second for everything that all of its watchers follow', async () => {
    const { statements, connection } = countingConnection()
    const changes = watchChanges(connection)
    const ada = { reach: 'own', tenantId: 'acme', userId: 'ada' } as const
    changes.watch(watcher([ada, ada], ['t1']))
    changes.watch(watcher([ada, { ...ada, userId: 'linus' }]))
    changes.watch(watcher([{ reach: 'tenant', tenantId: 'borealis' }], ['t1', 't2']))
    await vi.advanceTimersByTimeAsync(3_000)
    expect(statements).toHaveLength(4)
    const { sql, parameters } = statements[3]!
    // One part for tasks by id. Two parts each for users and whole tenants: their active tasks, and their recently ended
    // ones.
    expect(sql.match(/from brandkit\.tasks/g)).toHaveLength(5)
    const users = '[{"tenant":"acme","person":"ada"},{"tenant":"acme","person":"linus"}]'
    const tenants = '[{"tenant":"borealis"}]'
    expect(parameters).toEqual(['["t1","t2"]', users, users, 6_000, tenants, tenants, 6_000])
    await changes.close()
  })

  it('asks nothing while nobody follows anything, and four times a minute while it hears', async () => {
    const { statements, connection, heard } = countingConnection()
    const changes = watchChanges(connection)
    changes.watch(watcher([]))
    await vi.advanceTimersByTimeAsync(3_000)
    expect(statements).toEqual([])
    changes.watch(watcher([{ reach: 'tenant', tenantId: 'acme' }]))
    heard('live')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(statements).toHaveLength(5)
    await changes.close()
  })

  it('looks back as far as it was deaf, and five seconds more', async () => {
    const { statements, connection, heard } = countingConnection()
    const changes = watchChanges(connection)
    changes.watch(watcher([{ reach: 'tenant', tenantId: 'acme' }]))
    heard('live')
    await vi.advanceTimersByTimeAsync(40_000)
    heard('lost')
    await vi.advanceTimersByTimeAsync(0)
    expect(statements.map(({ parameters }) => parameters.at(-1))).toEqual([15 * 60_000, 20_000, 20_000, 15_000])
    await changes.close()
  })
})
