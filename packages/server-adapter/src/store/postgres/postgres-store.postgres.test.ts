import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { afterAll, beforeAll } from 'vitest'
import { describeTaskStore } from '../../testing/store-conformance.js'
import { postgresStore } from './postgres-store.js'

let server: TestPostgres
let url: string
beforeAll(async () => {
  server = await startPostgres()
  url = await server.createDatabase()
}, 60_000)
afterAll(() => server.stop())

describeTaskStore('postgres on a server', async () => postgresStore(url), { openPeer: async () => postgresStore(url) })
