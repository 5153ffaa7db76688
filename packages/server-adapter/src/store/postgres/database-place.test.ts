import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toDatabasePlace } from './database-place.js'
import { postgresStore } from './postgres-store.js'

const URL_OF_A_SERVER = 'postgres://app:hunter2@db.example:5432/tasks'

/** Each configured value, and the expected message. */
const REFUSED: [value: string, says: RegExp][] = [
  ['', /needs a database/],
  [' ', /has a blank/],
  [` ${URL_OF_A_SERVER}`, /has a blank/],
  [`${URL_OF_A_SERVER}\n`, /has a blank/],
  [`\uFEFF${URL_OF_A_SERVER}`, /has a blank/],
  ['./data ', /has a blank/],
  [`"${URL_OF_A_SERVER}"`, /stands in quotes.*docker --env-file/],
  [`'${URL_OF_A_SERVER}'`, /stands in quotes/],
  [`${URL_OF_A_SERVER}"`, /stands in quotes/],
  [`“${URL_OF_A_SERVER}”`, /stands in quotes/],
  ['"./data"', /stands in quotes/],
  [URL_OF_A_SERVER.replace('db.', 'db\u200B.'), /cannot be seen/],
  [URL_OF_A_SERVER.replace('db.', 'db\n.'), /cannot be seen/],
  ['./da\u0000ta', /cannot be seen/],
  ['postgresql//app:hunter2@db.example/tasks', /beginning is mistyped/],
  ['postgres//db.example/tasks', /beginning is mistyped/],
  ['postgres;//db.example/tasks', /beginning is mistyped/],
  ['//app:hunter2@db.example/tasks', /beginning is mistyped/],
  ['://app:hunter2@db.example/tasks', /beginning is mistyped/],
  ['DATABASE_URL=postgres://app:hunter2@db.example/tasks', /beginning is mistyped/],
  ['postgre://app:hunter2@db.example/tasks', /is a postgre:\/\/ URL/],
  ['psql://app:hunter2@db.example/tasks', /is a psql:\/\/ URL/],
  ['mysql://app:hunter2@db.example/tasks', /is a mysql:\/\/ URL/],
  ['https://db.example/tasks', /is a https:\/\/ URL/],
  ['idb://tasks', /is a idb:\/\/ URL/],
  ['MEMORY://', /is a MEMORY:\/\/ URL/],
  ['jdbc:postgresql://db.example/tasks?user=app&password=hunter2', /beginning is mistyped/],
  ['jdbc:postgresql:tasks', /begins like an address/],
  ['postgres:db.example/tasks', /begins like an address/],
  ['postgresql:/db.example/tasks', /begins like an address/],
  ['memory:', /begins like an address/],
  ['localhost:5432/tasks', /begins like an address/],
  ['127.0.0.1:5432/tasks', /begins like an address/],
  ['app:hunter2@db.example/tasks', /holds an @/],
  ['app@db.example/tasks', /holds an @/],
  ['host=db.example dbname=tasks password=hunter2', /is a list of settings/],
  ['dbname = tasks', /is a list of settings/],
  ['DATABASE_URL=postgres', /is a NAME=value line/],
  ['PGDATA=./data', /is a NAME=value line/],
  ['undefined', /the word that JavaScript makes/],
  ['null', /the word that JavaScript makes/],
  ['[object Object]', /the word that JavaScript makes/],
  ['$DATABASE_URL', /which only a shell would replace/],
  ['${DATABASE_URL}', /which only a shell would replace/],
  ['%DATABASE_URL%', /which only a shell would replace/],
  ['~/data', /which only a shell would replace/],
  ['./da"ta', /holds quotes/],
  ['./data?', /holds quotes or other signs/],
  ['./data?sslmode=require', /is a list of settings/],
  ['<your database>', /holds quotes or other signs/],
  ['postgres://[', /cannot be read/],
  ['postgres://app:hun#ter2@db.example/tasks', /cannot be read.*%23/],
  ['postgres://app:hun%ter2@db.example/tasks', /cannot be read.*%25/],
  ['postgres://app:hunter2@db.example:port/tasks', /cannot be read/],
  ['postgres://app:1#hunter2@db.example/tasks', /a bare #/],
  ['postgres://app:1/hunter2@db.example/tasks', /a bare #/],
  ['postgres://app:1?hunter2@db.example/tasks', /a bare #/],
  ['file:data', /names no folder of this machine/],
  ['file:///%00', /names no folder of this machine/],
]

async function open(database: string): Promise<string> {
  try {
    const store = postgresStore(database)
    await store.open()
    await store.close()
    return 'opened'
  } catch (error) {
    return error instanceof Error ? error.message : 'no error'
  }
}

describe('the database that an app has configured', () => {
  it.each(REFUSED)(
    'is no folder by accident: %j is refused in one sentence, and leaves nothing on the disk',
    async (value, says) => {
      const before = await readdir('.')
      const message = await open(value)
      // Other tests may write here at the same time, but under other names.
      const made = (await readdir('.')).filter((name) => !before.includes(name) && value.includes(name))
      expect(made).toEqual([])
      expect(message).toMatch(says)
      expect(message).toMatch(/^postgresStore\(\) [^\n]*\.$/)
      expect(message).not.toContain('ter2')
      expect(() => postgresStore(value)).toThrow(
        expect.objectContaining({ code: 'store_unavailable', retryable: false }),
      )
    },
  )

  it.each([undefined, null, 42, new URL('file:///data')])('is text, and not %o', (value) => {
    expect(() => toDatabasePlace(value)).toThrow(/^postgresStore\(\) needs a database/)
    expect(() => postgresStore(value as never)).toThrow(/^postgresStore\(\) needs a database/)
  })

  it.each([
    URL_OF_A_SERVER,
    'postgresql://db.example/tasks',
    'POSTGRES://localhost/tasks',
    'postgres://app:h%40%23%2F%25@db.example/tasks?sslmode=require',
    'postgres://app:p"w@db.example/tasks',
    'postgres:///tasks?host=/var/run/postgresql',
    'postgres://app@%2Fvar%2Frun%2Fpostgresql/tasks',
    'postgres://[::1]:5432/tasks',
  ])('is a server: %s', (url) => {
    expect(toDatabasePlace(url)).toEqual({ kind: 'server', url })
  })

  it.each(['./data', 'data', '../my data', '/srv/app/data', './data//tasks', '.data', 'postgres', 'Zoë/データ'])(
    'is a folder: %s',
    (folder) => {
      expect(toDatabasePlace(folder, { platform: 'linux' })).toEqual({ kind: 'folder', folder: resolve(folder) })
    },
  )

  it('is a folder whatever its name holds, written as a file: URL', () => {
    const place = toDatabasePlace("file:///srv/ada@home/Ada's%20%22data%22")
    expect(place).toEqual({ kind: 'folder', folder: `/srv/ada@home/Ada's "data"` })
  })

  it.each(['memory://', 'memory://tests'])('is memory: %s', (name) => {
    expect(toDatabasePlace(name)).toEqual({ kind: 'memory', name })
  })

  it.each([String.raw`C:\data`, 'C:/data', String.raw`.\data`, String.raw`\\server\data`])(
    'is a folder on Windows alone: %s',
    (folder) => {
      expect(toDatabasePlace(folder, { platform: 'win32' })).toEqual({ kind: 'folder', folder: resolve(folder) })
      expect(() => toDatabasePlace(folder, { platform: 'linux' })).toThrow(/begins like an address|holds a backslash/)
    },
  )
})
