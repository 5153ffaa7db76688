import type { PGlite } from '@electric-sql/pglite'
import { afterAll } from 'vitest'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { describeHostileRequests } from '../fuzz/describe-hostile-requests.js'
import { createMigratedPglite } from '../fixtures/create-pglite.js'

let pglite: PGlite
// After the server's own, which is registered later and so runs first.
afterAll(() => pglite.close())

describeHostileRequests('PGlite', {
  async openStore() {
    pglite = await createMigratedPglite()
    return postgresStore({ pglite })
  },
  requests: 300,
})
