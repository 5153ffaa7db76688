import type { PGlite } from '@electric-sql/pglite'
import { afterAll } from 'vitest'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { describeHostileRequests } from '../fuzz/describe-hostile-requests.js'
import { createMigratedPglite } from '../fixtures/create-pglite.js'

let pglite: PGlite
// Closes the database after the server: hooks run in reverse order, and the server's is registered later.
afterAll(() => pglite.close())

describeHostileRequests('PGlite', {
  async openStore() {
    pglite = await createMigratedPglite()
    return postgresStore({ pglite })
  },
  requests: 300,
})
