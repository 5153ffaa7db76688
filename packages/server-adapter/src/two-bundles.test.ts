import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { postgresStore } from './store/postgres/postgres-store.js'
import type { TaskServer } from './create-task-server.js'
import { createMigratedPglite } from '../proofs/fixtures/create-pglite.js'
import { createReport, type ReportGenerator, statusOf } from '../proofs/fixtures/sample-tasks.js'

let folder: string
let servers: TaskServer[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brandkit-bundles-'))
  const pglite = await createMigratedPglite(folder)
  await pglite.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  servers = []
  vi.unstubAllEnvs()
})

/** Makes a server from fresh copies of all modules, like a bundler that evaluates the app's module again. */
async function openBundle(generator: ReportGenerator, { concurrency = 10 } = {}): Promise<TaskServer> {
  vi.resetModules()
  const { sampleServer } = await import('../proofs/fixtures/sample-tasks.js')
  const { pgBossQueue } = await import('./queue/pg-boss/pg-boss-queue.js')
  const bundle = await import('./store/postgres/postgres-store.js')
  expect(bundle.postgresStore).not.toBe(postgresStore)
  const server = sampleServer(generator, {
    store: bundle.postgresStore(folder),
    queue: pgBossQueue({ pollMs: 50 }),
    concurrency,
  })
  servers.push(server)
  return server
}

const signedBy =
  (reportId: string): ReportGenerator =>
  async ({ step }) => {
    await step('draft', () => [])
    return { reportId, pages: await step('print', () => 1) }
  }

async function resultOf(server: TaskServer, taskId: string): Promise<unknown> {
  await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
  return (await statusOf(server, taskId)).result
}

describe('an app whose modules are evaluated more than once in a process, on PGlite', () => {
  it('has its tasks created by one copy and run by another', async () => {
    const instrumentation = await openBundle(signedBy('instrumentation'))
    await instrumentation.start()
    const route = await openBundle(signedBy('route'))
    expect(await resultOf(route, await createReport(route))).toMatchObject({ reportId: 'instrumentation' })
    expect(await resultOf(instrumentation, await createReport(instrumentation))).toMatchObject({ pages: 1 })
  })

  it('has one worker, however many copies start one, and the next steps in when it stops', async () => {
    let [running, most] = [0, 0]
    const counting =
      (reportId: string): ReportGenerator =>
      async (context) => {
        running += 1
        most = Math.max(most, running)
        try {
          return await signedBy(reportId)(context)
        } finally {
          running -= 1
        }
      }
    const copies = [
      await openBundle(counting('first'), { concurrency: 1 }),
      await openBundle(counting('second'), { concurrency: 1 }),
      await openBundle(counting('third'), { concurrency: 1 }),
    ] as const
    for (const copy of copies) await copy.start()
    const [first, second, third] = copies
    const taskIds = await Promise.all(copies.flatMap((copy) => [createReport(copy), createReport(copy)]))
    for (const taskId of taskIds) expect(await resultOf(third, taskId)).toMatchObject({ reportId: 'first' })
    expect(most).toBe(1)

    await second.stop()
    await first.stop()
    expect(await resultOf(third, await createReport(third))).toMatchObject({ reportId: 'third' })
  })

  it('runs the newest generators while it is developed, without a restart', async () => {
    vi.stubEnv('NODE_ENV', 'development')
    const instrumentation = await openBundle(signedBy('before'))
    await instrumentation.start()
    expect(await resultOf(instrumentation, await createReport(instrumentation))).toMatchObject({ reportId: 'before' })
    const route = await openBundle(signedBy('after'))
    expect(await resultOf(route, await createReport(route))).toMatchObject({ reportId: 'after' })
    expect(await resultOf(instrumentation, await createReport(instrumentation))).toMatchObject({ reportId: 'after' })
  })

  it('runs in production what each server was made with', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    const worker = await openBundle(signedBy('worker'))
    await worker.start()
    const other = await openBundle(signedBy('other'))
    expect(await resultOf(other, await createReport(other))).toMatchObject({ reportId: 'worker' })
  })
})
