import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll } from 'vitest'
import { describeTaskStore } from '../../testing/store-conformance.js'
import { postgresStore } from './postgres-store.js'

let pglite: PGlite
beforeAll(async () => {
  pglite = await PGlite.create('memory://')
}, 60_000)
afterAll(() => pglite.close())

describeTaskStore('postgres on PGlite', async () => postgresStore({ pglite }), {
  openPeer: async () => postgresStore({ pglite }),
})
