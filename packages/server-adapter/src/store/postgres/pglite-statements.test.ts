import * as library from '@electric-sql/pglite'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createPglite } from '../../../proofs/fixtures/create-pglite.js'
import { FREQUENT } from '../sql-database.js'
import type { PgliteInstance } from './connection.js'
import { keepStatements } from './pglite-statements.js'

let pglite: library.PGlite
let kept: PgliteInstance
beforeAll(async () => {
  pglite = await createPglite()
  await pglite.exec('create table numbers (number integer primary key, name text)')
})
afterEach(() => pglite.exec('deallocate all; truncate numbers'))
afterAll(() => pglite.close())

function keep(): PgliteInstance {
  kept = keepStatements(pglite, library)
  return kept
}

async function frequently(text: string, parameters: unknown[] = []): Promise<unknown[]> {
  return (await kept.query(FREQUENT + text, parameters)).rows
}

async function uses(): Promise<unknown[]> {
  const counted = await pglite.query<{ uses: number }>(
    'select (generic_plans + custom_plans)::integer as uses from pg_prepared_statements where statement like $1 order by 1',
    [`${FREQUENT}%`],
  )
  return counted.rows.map(({ uses: times }) => times)
}

describe('keepStatements', () => {
  it('parses a frequent statement once, also when the first calls come at once', async () => {
    keep()
    const parse = vi.spyOn(library.protocol.serialize, 'parse')
    const answers = await Promise.all([1, 2, 3].map((number) => frequently('select $1::integer as number', [number])))
    expect(answers).toEqual([[{ number: 1 }], [{ number: 2 }], [{ number: 3 }]])
    expect(parse.mock.calls.filter(([{ name }]) => name !== undefined)).toHaveLength(1)
    expect(await uses()).toEqual([3])
    parse.mockRestore()
  })

  it('reads and sends the values as PGlite itself does', async () => {
    const text = `select $1::text as text, $2::json as json, $3::boolean as yes, $4::integer as integer, $5::text[] as texts,
      $6::timestamptz as at, $7::text as missing, $8::bigint as big, $9::double precision as half, repeat($1, 3000) as long`
    const values = ['ü "quoted" 日本 \ud83d\ude00', { a: [1] }, true, 7, ['a', 'b"'], new Date(0), null, 2n ** 60n, 0.5]
    const { rows } = await pglite.query(text, values)
    keep()
    expect(await frequently(text, values)).toEqual(rows)
    expect(await frequently('select from numbers')).toEqual([])
  })

  it('throws the errors that PGlite throws, changes nothing then, and goes on', async () => {
    keep()
    const insert = 'insert into numbers select number, name from json_to_recordset($1) as x (number integer, name text)'
    await frequently(insert, [[{ number: 1, name: 'one' }]])
    const twice = [{ number: 2 }, { number: 1 }]
    await expect(frequently(insert, [twice])).rejects.toMatchObject({
      code: '23505',
      constraint: 'numbers_pkey',
      message: 'duplicate key value violates unique constraint "numbers_pkey"',
    })
    await expect(frequently(insert, ['no json'])).rejects.toMatchObject({ code: '22P02' })
    await expect(frequently('select * from missing')).rejects.toMatchObject({ code: '42P01' })
    await frequently(insert, [[{ number: 3, name: 'three' }]])
    expect(await frequently('select number from numbers order by 1')).toEqual([{ number: 1 }, { number: 3 }])
  })

  it('never runs inside a transaction that another caller has open', async () => {
    keep()
    const insert = 'insert into numbers values ($1)'
    await frequently(insert, [1])
    const cancelled = pglite.transaction(async (transaction) => {
      await transaction.query('select 1')
      const own = frequently(insert, [2])
      await transaction.query(`insert into numbers values (3)`)
      await transaction.rollback()
      return { own }
    })
    await (
      await cancelled
    ).own
    expect(await frequently('select number from numbers order by 1')).toEqual([{ number: 1 }, { number: 2 }])
  })

  it('tells the listeners of notifications', async () => {
    keep()
    const heard = vi.fn<(payload: string) => void>()
    const stop = await pglite.listen('news', heard)
    expect(await frequently(`select pg_notify('news', $1)::text as sent`, ['hello'])).toEqual([{ sent: '' }])
    await vi.waitFor(() => expect(heard.mock.calls).toEqual([['hello']]))
    await stop()
  })

  it('returns what a statement has done although its notification cannot be sent again', async () => {
    keep()
    const stop = await pglite.listen('news', () => {})
    vi.spyOn(pglite, 'query').mockRejectedValueOnce(new Error('PGlite is closing'))
    const inserted = `with told as materialized (select pg_notify('news', 'hello'))
      insert into numbers select 1 from told returning number`
    expect(await frequently(inserted)).toEqual([{ number: 1 }])
    await stop()
  })

  it('does without names after the session has forgotten them', async () => {
    keep()
    await frequently('select 1 as number')
    await pglite.exec('deallocate all')
    expect(await frequently('select 1 as number')).toEqual([{ number: 1 }])
    expect(await uses()).toEqual([])
  })

  it('reads the new columns of a table that has changed', async () => {
    keep()
    await frequently('insert into numbers values (1)')
    expect(await frequently('select * from numbers')).toEqual([{ number: 1, name: null }])
    await pglite.exec(`alter table numbers add column unit text not null default 'm'`)
    expect(await frequently('select * from numbers')).toEqual([{ number: 1, name: null, unit: 'm' }])
    expect(await frequently('select * from numbers')).toEqual([{ number: 1, name: null, unit: 'm' }])
    await pglite.exec('alter table numbers drop column unit')
  })

  it('shares a session with another store', async () => {
    const first = keep()
    const second = keep()
    await first.query(`${FREQUENT}select 1 as number`)
    await second.query(`${FREQUENT}select 2 as number`)
    expect((await first.query(`${FREQUENT}select 1 as number`)).rows).toEqual([{ number: 1 }])
    expect(await uses()).toEqual([1, 2])
  })
})
