// Ours on PGlite: database, engine and server in one process, in a folder.
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import type { CreateContender } from './contender.ts'
import { ours } from './ours.ts'

export const createContender: CreateContender = ({ folder, concurrency }) => {
  const store = postgresStore({ database: folder })
  return ours({
    store,
    queue: pgBossQueue(),
    concurrency,
    query(text) {
      if (store.database?.kind !== 'pglite') throw new Error(`PGlite was to open ${folder}.`)
      return (store.database.pglite as { query(text: string): Promise<{ rows: unknown[] }> }).query(text)
    },
  })
}
