import { startPostgres } from '@brandkit/tooling/postgres'
import { readFile } from 'node:fs/promises'
import { Kysely, PostgresDialect, type RawBuilder } from 'kysely'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TaskScope } from '../../principal.js'
import { newTask, times } from '../../testing/store/new-task.js'
import type { ListFilter } from '../list-filter.js'
import { listTasks } from './list-tasks.js'
import { postgresStore } from './postgres-store.js'

const TASKS = 4_000
const BRANDS = 40
const USERS = 20

let pool: Pool
let end: () => Promise<void>

/** A tenant with many tasks, in a database with the index that the page on stores tells operators to create. */
beforeAll(async () => {
  const postgres = await startPostgres()
  const database = await postgres.createDatabase()
  const store = postgresStore(database)
  await store.open()
  pool = new Pool({ connectionString: database, max: 1 })
  end = async () => {
    await Promise.all([store.close(), pool.end()])
    await postgres.stop()
  }
  for (let created = 0; created < TASKS; created += 1_000) {
    const tasks = times(1_000, (index) =>
      newTask({ tenantId: 'acme', userId: `user ${index % USERS}`, brandId: `brand ${(created + index) % BRANDS}` }),
    )
    await store.create({ tasks })
  }
  const page = await readFile(new URL('../../../../../docs/backends/stores.md', import.meta.url), 'utf8')
  const [index = ''] = /create index concurrently tasks_of_brands [^;]*/.exec(page) ?? []
  await pool.query(index)
  await pool.query('vacuum analyze brandkit.tasks')
})
afterAll(() => end())

/** What Postgres does for a page of a list. */
async function explain(scope: TaskScope, filter: Partial<ListFilter> = {}): Promise<string> {
  let explained = ''
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const execute = async <Row>(statement: RawBuilder<Row>): Promise<Row[]> => {
    const { sql, parameters } = statement.compile(kysely)
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters])
    explained = rows.map((row) => row['QUERY PLAN']).join('\n')
    return []
  }
  await listTasks(execute, { limit: 20, ...filter }, scope)
  return explained
}

describe('a page of a list, in a tenant with many tasks', () => {
  it.each<[string, TaskScope, string]>([
    ['one brand', { reach: 'brand', tenantId: 'acme', brandIds: ['brand 1'] }, 'tasks_of_brands'],
    ['two brands', { reach: 'brand', tenantId: 'acme', brandIds: ['brand 1', 'brand 2'] }, 'tasks_of_brands'],
    ['a user', { reach: 'own', tenantId: 'acme', userId: 'user 1', brandIds: '*' }, 'tasks_list'],
    ['a user’s brand', { reach: 'own', tenantId: 'acme', userId: 'user 1', brandIds: ['brand 1'] }, 'tasks_list'],
  ])('of %s reads an index, and not the table', async (_, scope, index) => {
    const plan = await explain(scope)
    expect(plan).toContain(index)
    expect(plan).not.toContain('Seq Scan')
  })

  it('of failures reads only failures', async () => {
    expect(await explain({ reach: 'tenant', tenantId: 'acme' }, { status: ['failed'] })).toContain('tasks_failures')
  })

  it('of one brand needs no sorting', async () => {
    expect(await explain({ reach: 'brand', tenantId: 'acme', brandIds: ['brand 1'] })).not.toContain('Sort')
  })
})
