// group-commit-mutants.test.ts runs this file in a process of its own, because some tests here must fail.
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { afterAll, beforeAll } from 'vitest'
import { describeTaskStore } from '../../src/testing/store-conformance.js'
import { countDeadlocks } from './count-deadlocks.js'
import { GROUP_COMMIT_MUTANTS, groupCommitMutant } from './group-commit-mutants.js'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

for (const mutant of [null, ...GROUP_COMMIT_MUTANTS]) {
  let database: string
  const openPeer = () => groupCommitMutant(database, mutant)
  const open = async () => {
    database = await postgres.createDatabase()
    return openPeer()
  }
  describeTaskStore(mutant?.name ?? 'sound', open, { openPeer, countDeadlocks: () => countDeadlocks(database) })
}
