import { randomBytes } from 'node:crypto'
import { createLocalQStash, type LocalQStash } from '@brandkit/server-adapter/testing/local-qstash'
import { launchOptions } from '@brandkit/tooling/chromium'
import { freePort } from '@brandkit/tooling/free-port'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { startRedis, type TestRedis } from '@brandkit/tooling/redis'
import { type Browser, chromium } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askApi } from './ask-api.ts'
import { type EntryProcess, runServer, runWorker } from './run-process.ts'
import { visitPage } from './open-studio.ts'
import { generatePlan, openResult, pill, signInToPlans, waitForText } from './walk.ts'

const WAIT = { interval: 50 }

let postgres: TestPostgres
let redis: TestRedis
let qstash: LocalQStash
let browser: Browser
beforeAll(async () => {
  ;[postgres, redis, qstash, browser] = await Promise.all([
    startPostgres(),
    startRedis(),
    createLocalQStash(),
    chromium.launch({ ...launchOptions, headless: true }),
  ])
})
afterAll(() => Promise.all([browser?.close(), qstash?.close(), redis?.stop(), postgres?.stop()]))

const running: EntryProcess[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.end('SIGKILL')))
})
function started<P extends EntryProcess>(process: P): P {
  running.push(process)
  return process
}

/** The settings that all processes of one deployment share. */
const deployment = async () => ({
  DATABASE_URL: await postgres.createDatabase(),
  SESSION_SECRET: randomBytes(32).toString('hex'),
  BRANDKIT_PACE_MS: '300',
  // A short lease, because a test waits for a dead worker's lease, which is half a minute by default.
  BRANDKIT_LEASE_MS: '2000',
})

/** Signs Ada in at a page of her own and starts a plan there. Returns the values that the walk needs next. */
async function startPlan(url: string, name: string) {
  const { page, errors } = await visitPage(browser, url)
  await signInToPlans(page, 'Ada')
  await generatePlan(page, { name })
  await waitForText(pill(page), '1 running')
  const { tasks } = (await (await page.request.get('/api/jobs?action=list')).json()) as { tasks: { taskId: string }[] }
  return { page, errors, taskId: tasks[0]?.taskId ?? 'no task' }
}

/** Whether a process has logged that it wrote this status of the task. */
function wrote({ stderr }: EntryProcess, status: string, taskId: string): boolean {
  return stderr()
    .split('\n')
    .some((line) => line.includes(`Updated task status to ${status}`) && line.includes(taskId))
}

describe('one server on Postgres, with pg-boss in the same database', () => {
  it('leads from the form to the result', async () => {
    const server = started(runServer(await deployment()))
    const { page, errors, taskId } = await startPlan(await server.listening, 'On Postgres')
    await openResult(page, 'On Postgres')
    expect(wrote(server, 'completed', taskId)).toBe(true)
    expect(errors).toEqual([])
    expect(await server.end('SIGTERM')).toBe(0)
  })
})

describe('a server that only serves and two workers, on Postgres and Redis', () => {
  it('lead from the form to the result, although the worker is killed in the middle', async () => {
    const env = { ...(await deployment()), REDIS_URL: redis.url }
    const server = started(runServer({ ...env, BRANDKIT_WORKER: 'off' }))
    const workers = [started(runWorker(env)), started(runWorker(env))]
    expect(await Promise.all(workers.map(({ ready }) => ready))).toEqual(['bullmq', 'bullmq'])

    const url = await server.listening
    const { page, errors, taskId } = await startPlan(url, 'On Redis')
    const ada = await askApi(url, 'ada')
    await expect
      .poll(async () => (await ada.status(taskId)).steps?.map(({ status }) => status), WAIT)
      .toContain('completed')
    const [victim, ...more] = workers.filter((worker) => wrote(worker, 'processing', taskId))
    expect(more).toEqual([])
    expect(await victim?.end('SIGKILL')).toBe('SIGKILL')

    await openResult(page, 'On Redis')
    const heir = workers.find((worker) => worker !== victim)
    expect(heir && wrote(heir, 'completed', taskId)).toBe(true)
    expect(await ada.status(taskId)).toMatchObject({ status: 'completed', retryCount: 1 })
    expect(wrote(server, 'processing', taskId)).toBe(false)
    expect(errors).toEqual([])
    expect(await Promise.all([server.end('SIGTERM'), heir?.end('SIGTERM')])).toEqual([0, 0])
  })

  it('say in one line that Redis does not answer', async () => {
    const worker = runWorker({ ...(await deployment()), REDIS_URL: 'redis://:secret@127.0.0.1:1', LOG_LEVEL: 'silent' })
    expect(await worker.exited).toBe(1)
    expect(worker.stderr()).toMatch(
      /^REDIS_URL cannot be used: .*redis:\/\/127\.0\.0\.1:1 refused the connection: .* \(ECONNREFUSED\)\.\n$/,
    )
    expect(worker.stdout() + worker.stderr()).not.toContain('secret')
  })
})

describe('a worker that is asked to stop', () => {
  it('hands its task to another, which goes on after the last finished step, at the cost of no attempt', async () => {
    const env = { ...(await deployment()), BRANDKIT_DRAIN_MS: '0' }
    const server = started(runServer({ ...env, BRANDKIT_WORKER: 'off' }))
    const first = started(runWorker(env))
    const ada = await askApi(await server.listening, 'ada')
    const { taskId } = await ada.create()
    await expect
      .poll(async () => (await ada.status(taskId)).steps?.map(({ status }) => status), WAIT)
      .toContain('completed')
    expect(await first.end('SIGTERM')).toBe(0)
    expect(await ada.status(taskId)).toMatchObject({ status: 'queued' })

    const second = started(runWorker(env))
    await expect.poll(async () => (await ada.status(taskId)).status, WAIT).toBe('completed')
    expect(await ada.status(taskId)).toMatchObject({ retryCount: 0 })
    expect(wrote(second, 'completed', taskId)).toBe(true)
  })
})

describe('a server that QStash calls, with no worker', () => {
  it('leads from the form to the result', async () => {
    const port = await freePort()
    const server = started(
      runServer({
        ...(await deployment()),
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        QSTASH_URL: qstash.url,
        QSTASH_TOKEN: qstash.token,
        QSTASH_CURRENT_SIGNING_KEY: qstash.currentSigningKey,
        QSTASH_NEXT_SIGNING_KEY: qstash.nextSigningKey,
      }),
    )
    const { page, errors, taskId } = await startPlan(await server.listening, 'On QStash')
    await openResult(page, 'On QStash')
    await qstash.idle()
    expect(wrote(server, 'completed', taskId)).toBe(true)
    expect(server.stderr()).toContain('Received request with action: process')
    expect(qstash.deadLetters).toEqual([])
    expect(errors).toEqual([])
    expect(await server.end('SIGTERM')).toBe(0)
  })
})
