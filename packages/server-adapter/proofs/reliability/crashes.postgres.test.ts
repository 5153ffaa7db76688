import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import type { TaskStore } from '../../src/store/task-store.js'
import { type ErrandMessage, type ErrandOptions, errandServer, type ErrandSettings, OWNER } from './errand-process.js'
import { ringAlarmsEarly } from './ring-alarms-early.js'

let postgres: TestPostgres
let database: string
/** Only reads the tasks. */
let outside: TaskStore
const { keep } = keepSampleServers()
const children: ChildProcess[] = []
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

async function prepare(): Promise<void> {
  database = await postgres.createDatabase()
  outside = postgresStore(database)
  await outside.open()
}

afterEach(async () => {
  const leaving = children.filter(isAlive).map((child) => once(child, 'exit'))
  // SIGKILL ends a stopped process, too.
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(leaving)
  await outside.close()
})

const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

function hire(role: ErrandSettings['role'], timings: ErrandSettings['timings'] = {}): ChildProcess {
  const settings = JSON.stringify({ database, role, timings } satisfies ErrandSettings)
  const child = fork(join(import.meta.dirname, 'errand-process.ts'), [settings], { execArgv: [] })
  children.push(child)
  return child
}

/** The next message of a process. */
async function told(child: ChildProcess): Promise<ErrandMessage> {
  const [message] = (await once(child, 'message')) as [ErrandMessage]
  return message
}

const serverHere = (options: ErrandOptions = {}) => keep(errandServer(database, options))

async function found(taskId: string) {
  const [task] = await outside.find([taskId], OWNER)
  return task
}

const errand = (deed: 'succeed' | 'exit' | 'suffer' | 'linger', maxRetries = 3) => ({
  type: 'ERRAND',
  brandId: 'aurora',
  payload: { deed },
  maxRetries,
})

describe('a process that is killed between insert and enqueue', () => {
  it('leaves a task that another process completes, though no message tells of it', async () => {
    await prepare()
    const creator = hire('creator')
    expect(await told(creator)).toEqual({ what: 'inserted' })
    creator.kill('SIGKILL')
    await once(creator, 'exit')

    const server = serverHere({ timings: { maintenanceMs: 100 } })
    await server.start()
    expect(await server.stats()).toMatchObject({ queued: 1, waitingMessages: 0 })
    await ringAlarmsEarly(database)

    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ queued: 0, completed: 1 }))
  })
})

describe('a process that stands still for longer than its lease', () => {
  it('can write nothing once another has taken over, and the result is the other’s', async () => {
    await prepare()
    const first = hire('worker', { leaseMs: 600, beatMs: 150, maintenanceMs: 60_000 })
    // The process only takes requests, so it can expire leases without waiting for a lease of its own.
    const web = serverHere()
    const { taskId } = await web.tasks.create(OWNER, errand('linger'))
    expect(await told(first)).toEqual({ what: 'began' })
    first.kill('SIGSTOP')
    await vi.waitFor(async () => expect(await web.maintain()).toMatchObject({ expired: 1 }))

    const gate = Promise.withResolvers<void>()
    const generator = vi.fn(() => gate.promise.then(() => ({ by: 'second' })))
    await serverHere({ generators: { ERRAND: generator } }).start()
    await vi.waitFor(() => expect(generator).toHaveBeenCalled())
    const before = await found(taskId)
    expect(before).toMatchObject({ status: 'processing', attempt: 2 })

    const answer = told(first)
    first.send('go on')
    first.kill('SIGCONT')
    const lost = 'ownership_lost'
    expect(await answer).toEqual({
      what: 'wrote',
      answers: {
        beat: lost,
        report: lost,
        checkpoint: lost,
        complete: lost,
        fail: lost,
        retry: lost,
        release: lost,
      },
    })
    expect(await found(taskId)).toEqual(before)

    gate.resolve()
    await vi.waitFor(async () =>
      expect(await found(taskId)).toMatchObject({ status: 'completed', result: { by: 'second' } }),
    )
    expect(generator).toHaveBeenCalledOnce()
  })
})

describe('a generator that ends its process', () => {
  it('has as many attempts as any other, and takes no other task down with it', async () => {
    await prepare()
    const exits: unknown[] = []
    // Restarts a worker as a process manager would, unless this test killed it.
    const rehire = () =>
      hire('worker', { leaseMs: 500, beatMs: 100, maintenanceMs: 100 }).once('exit', (code) => {
        if (code === null) return
        exits.push(code)
        rehire()
      })
    const web = serverHere()
    const { taskId: poison } = await web.tasks.create(OWNER, errand('exit', 1))
    await web.tasks.create(OWNER, errand('suffer'))
    rehire()
    for (let count = 0; count < 5; count += 1) await web.tasks.create(OWNER, errand('succeed'))

    await vi.waitFor(async () => {
      expect(await found(poison)).toMatchObject({ status: 'failed', errorCode: 'worker_lost', attempt: 2 })
      expect(await web.stats()).toMatchObject({ failed: 1, completed: 6 })
    })
    expect(exits).toEqual([3, 3])
  })
})
