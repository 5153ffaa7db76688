import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPglite } from '../../../proofs/fixtures/create-pglite.js'
import { adoptPackedTables, markPackedTables } from './packed-tables.js'

let pglite: PGlite
beforeAll(async () => {
  pglite = await createPglite()
})
beforeEach(() => pglite.exec('drop schema if exists queue cascade; create schema queue; create table queue.job ()'))
afterAll(() => pglite.close())

function tablesOf(plans: string) {
  return {
    query: (text: string, parameters: unknown[]) => pglite.query(text, parameters),
    schema: 'queue',
    plans,
  }
}

async function hasTables(): Promise<boolean> {
  const { rows } = await pglite.query<{ has: boolean }>(`select to_regclass('queue.job') is not null as has`)
  return rows[0]?.has === true
}

describe('adoptPackedTables', () => {
  it('keeps the tables that the same pg-boss has made', async () => {
    await markPackedTables(tablesOf('create table job ()'))
    await adoptPackedTables(tablesOf('create table job ()'))
    expect(await hasTables()).toBe(true)
  })

  it('drops the tables that another pg-boss has made', async () => {
    await markPackedTables(tablesOf('create table job ()'))
    await adoptPackedTables(tablesOf('create table jobs ()'))
    expect(await hasTables()).toBe(false)
  })

  it('drops nothing after the first opening, when there may be messages and pg-boss may be updated', async () => {
    await markPackedTables(tablesOf('create table job ()'))
    await adoptPackedTables(tablesOf('create table job ()'))
    await adoptPackedTables(tablesOf('create table jobs ()'))
    expect(await hasTables()).toBe(true)
  })

  it('drops no tables that were not packed, whatever is said of them', async () => {
    await adoptPackedTables(tablesOf('create table job ()'))
    await pglite.exec(`comment on schema queue is 'ours'`)
    await adoptPackedTables(tablesOf('create table job ()'))
    expect(await hasTables()).toBe(true)
  })

  it('has nothing to do where pg-boss has made nothing yet', async () => {
    await pglite.exec('drop schema queue cascade')
    await expect(adoptPackedTables(tablesOf('create table job ()'))).resolves.toBeUndefined()
  })
})
