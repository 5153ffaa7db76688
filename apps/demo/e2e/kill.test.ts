import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { askApi } from './ask-api.ts'
import { createDataFolder } from './open-studio.ts'
import { runServer } from './run-process.ts'

const STEPS = ['audience', 'channels', 'budget', 'reach', 'calendar']
const WAIT = { interval: 50 }

const folder = mkdtempSync(path.join(tmpdir(), 'brandkit-kill-'))
let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const stores = [
  { name: 'the embedded database', database: async () => ({}) },
  { name: 'Postgres', database: async () => ({ DATABASE_URL: await postgres.createDatabase() }) },
]

describe.each(stores)('SIGKILL in the middle of a task, on $name', ({ name, database }) => {
  it('costs nothing but time: the task completes, and no finished step runs again', async () => {
    const stepLedger = path.join(folder, `${name}.jsonl`)
    const dataFolder = await createDataFolder()
    onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
    const env = {
      BRANDKIT_DATA: dataFolder,
      BRANDKIT_STEP_LEDGER: stepLedger,
      BRANDKIT_PACE_MS: '500',
      // A short lease, because the test waits for the dead worker's lease, which is half a minute by default.
      BRANDKIT_LEASE_MS: '2000',
      LOG_LEVEL: 'warn',
      ...(await database()),
    }
    const first = runServer(env)
    const before = await askApi(await first.listening, 'ada')
    const { taskId } = await before.create()
    const finished = async () => {
      const { steps = [] } = await before.status(taskId)
      return steps.filter(({ status }) => status === 'completed').map(({ key }) => key)
    }
    await expect.poll(async () => (await finished()).length, WAIT).toBeGreaterThanOrEqual(2)
    const done = await finished()
    expect(done.length).toBeLessThan(STEPS.length)
    expect(await first.end('SIGKILL')).toBe('SIGKILL')

    const second = runServer(env)
    const after = await askApi(await second.listening, 'ada')
    await expect.poll(async () => (await after.status(taskId)).status, WAIT).toBe('completed')
    const { result, retryCount } = await after.status(taskId)
    expect(result?.calendar).toHaveLength(4)
    expect(retryCount).toBeLessThanOrEqual(1)
    expect(await second.end('SIGTERM')).toBe(0)

    const ran = readFileSync(stepLedger, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { step: string }).step)
    expect([...new Set(ran)]).toEqual(STEPS)
    expect(ran.filter((step) => done.includes(step))).toEqual(done)
    // Only the interrupted step may have begun twice.
    expect(ran.length).toBeLessThanOrEqual(STEPS.length + 1)
  })
})

it('“Kill the worker” ends the process by SIGKILL; its supervisor starts it again, and the task goes on after the last step', async () => {
  const dataFolder = await createDataFolder()
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
  const stepLedger = path.join(dataFolder, 'steps.jsonl')
  const env = {
    BRANDKIT_DATA: dataFolder,
    BRANDKIT_STEP_LEDGER: stepLedger,
    BRANDKIT_PACE_MS: '400',
    BRANDKIT_LEASE_MS: '2000',
    LOG_LEVEL: 'warn',
  }
  const server = runServer(env, { entry: 'supervise' })
  const url = await server.listening
  const ada = await askApi(url, 'ada')
  const { taskId } = await ada.create()
  const finishedSteps = async () =>
    ((await ada.status(taskId)).steps ?? []).filter(({ status }) => status === 'completed').map(({ key }) => key)
  await expect.poll(async () => (await finishedSteps()).length, WAIT).toBeGreaterThan(0)
  const finished = await finishedSteps()

  // The process may die before its answer is sent.
  await ada.trace({ taskId, fault: 'kill' }).catch(() => null)
  await expect.poll(() => server.stderr(), WAIT).toContain('it is started again')
  const statusOf = () =>
    ada.status(taskId).then(
      ({ status }) => status,
      () => 'unreachable',
    )
  await expect.poll(statusOf, WAIT).toBe('completed')

  const ran = readFileSync(stepLedger, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { step: string }).step)
  expect(ran.filter((step) => finished.includes(step))).toEqual(finished)
  expect(server.stdout().match(/^listening on .*$/gm)).toEqual([`listening on ${url}`, `listening on ${url}`])
  expect(await server.end('SIGTERM')).toBe(0)
})
