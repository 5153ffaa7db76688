import type { PGlite, Transaction } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TaskServer } from '../../src/create-task-server.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import type { TaskStore } from '../../src/store/task-store.js'
import { errandServer, OWNER } from './errand-process.js'
import { createMigratedPglite } from '../fixtures/create-pglite.js'

const SOMEBODY_ELSE = { ...OWNER, userId: 'linus' }
const ERRAND = { type: 'ERRAND', brandId: 'aurora', payload: { deed: 'succeed' } }

let pglite: PGlite
let store: TaskStore
let server: TaskServer
beforeAll(async () => {
  pglite = await createMigratedPglite()
  store = postgresStore({ pglite })
  server = errandServer('memory://', { store })
  await server.start()
})
afterAll(async () => {
  await server.stop()
  await pglite.close()
})

async function statusOf(taskId: string, owner: typeof OWNER | typeof SOMEBODY_ELSE = OWNER) {
  return (await store.find([taskId], owner))[0]?.status
}

const outOfTime = () =>
  new Promise<never>((_, reject) => {
    const signal = AbortSignal.timeout(20)
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })

// A store that bypassed the transaction's own handle would wait for ever: hence the short time-out.
describe('an app’s own transaction on PGlite', () => {
  it.each<[string, (transaction: Transaction) => Promise<unknown>]>([
    ['throws', () => Promise.reject(new Error('changed my mind'))],
    ['breaks over a statement', (transaction) => transaction.query('insert into nowhere values (1)')],
    ['runs out of time', outOfTime],
  ])('that %s leaves no task behind, and keeps none from anybody else', async (_, fail) => {
    let dropped = ''
    let meanwhile: ReturnType<TaskServer['tasks']['create']> | undefined
    const transaction = pglite.transaction(async (own) => {
      const { taskId } = await server.tasks.create(OWNER, ERRAND, {
        transaction: { query: (text, parameters) => own.query(text, parameters) },
      })
      dropped = taskId
      // Requested now, and run when the transaction is over.
      meanwhile = server.tasks.create(SOMEBODY_ELSE, ERRAND)
      await fail(own)
    })
    await expect(transaction).rejects.toBeInstanceOf(Error)

    const others = (await meanwhile)?.taskId ?? ''
    await expect.poll(() => statusOf(others, SOMEBODY_ELSE)).toBe('completed')
    expect(dropped).not.toBe('')
    expect(await store.find([dropped], OWNER)).toEqual([])
    const { taskId: next } = await server.tasks.create(OWNER, ERRAND)
    await expect.poll(() => statusOf(next)).toBe('completed')
  })

  it('that commits has its task run', async () => {
    const { taskId } = await pglite.transaction((own) =>
      server.tasks.create(OWNER, ERRAND, {
        transaction: { query: (text, parameters) => own.query(text, parameters) },
      }),
    )
    await expect.poll(() => statusOf(taskId)).toBe('completed')
  })
})
