import { createLogger, FatalTaskError, RetryableTaskError } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { createTaskServer, type TaskServer } from './create-task-server.js'
import { memoryQueue, memoryStore } from './memory.js'
import { createDocumentedServer } from '../proofs/openapi/documented.js'
import {
  ada,
  call,
  createReport,
  endless,
  makeReport,
  report,
  sampleServer,
  sampleTasks,
  statusOf,
} from '../proofs/fixtures/sample-tasks.js'
import { keepSampleServers } from '../proofs/fixtures/sample-servers.js'

const { started, keep } = keepSampleServers()

async function until(server: TaskServer, taskId: string, status: string) {
  return vi.waitFor(async () => {
    const task = await statusOf(server, taskId)
    expect(task.status).toBe(status)
    return task
  })
}

describe('a task server', () => {
  it('runs a task from create to a validated result', async () => {
    const server = await started()
    const task = await until(server, await createReport(server), 'completed')
    expect(task).toMatchObject({
      title: 'Report: May',
      progress: 100,
      retryCount: 0,
      result: { reportId: 'r1', pages: 2 },
      payload: { name: 'May', pages: 2 },
      steps: [
        { key: 'draft', status: 'completed' },
        { key: 'print', status: 'completed' },
      ],
    })
    expect(task.actualDuration).toBeGreaterThanOrEqual(0)
  })

  it('raises progress by the weight of each finished step', async () => {
    const seen: number[] = []
    const server = await started(async ({ step, taskId }) => {
      await step('draft', () => ['a'])
      seen.push((await statusOf(server, taskId)).progress)
      await step('print', () => 1)
      seen.push((await statusOf(server, taskId)).progress)
      return { reportId: 'r', pages: 1 }
    })
    await until(server, await createReport(server), 'completed')
    expect(seen).toEqual([25, 99])
  })

  it('repeats a failed attempt and does not run finished steps again', async () => {
    const drafts = vi.fn(() => ['a'])
    const server = await started(async ({ step, attempt }) => {
      await step('draft', drafts)
      if (attempt === 1) throw new Error('database password is hunter2')
      return { reportId: 'r', pages: await step('print', () => 1) }
    })
    const task = await until(server, await createReport(server), 'completed')
    expect(task.retryCount).toBe(1)
    expect(drafts).toHaveBeenCalledOnce()
  })

  it('fails when the attempts are used up, and shows no foreign error message', async () => {
    const generator = vi.fn(() => Promise.reject(new Error('database password is hunter2')))
    const server = await started(generator)
    const task = await until(server, await createReport(server), 'failed')
    expect(generator).toHaveBeenCalledTimes(3)
    expect(task.errorCode).toBe('generator_failed')
    expect(task.lastError).toBe('Something went wrong.')
  })

  it('gives up at once on a FatalTaskError and shows its message', async () => {
    const generator = vi.fn(() => Promise.reject(new FatalTaskError('The brand has no products yet.')))
    const server = await started(generator)
    const task = await until(server, await createReport(server), 'failed')
    expect(generator).toHaveBeenCalledOnce()
    expect(task).toMatchObject({ errorCode: 'generator_refused', lastError: 'The brand has no products yet.' })
  })

  it('waits as long as a RetryableTaskError asks', async () => {
    const server = await started(() =>
      Promise.reject(new RetryableTaskError('The model is busy.', { retryAfterMs: 60_000 })),
    )
    const taskId = await createReport(server)
    const task = await vi.waitFor(async () => {
      const queued = await statusOf(server, taskId)
      expect(queued.lastError).toBe('The model is busy.')
      return queued
    })
    expect(task.status).toBe('queued')
    expect(Date.parse(task.runAt) - Date.parse(task.updatedAt)).toBeGreaterThan(55_000)
  })

  it.each([
    ['does not fit the catalog', { reportId: 'r' } as never, 'result_invalid'],
    ['holds a NUL', { reportId: '\u0000', pages: 1 }, 'result_unserializable'],
    ['holds half a surrogate pair', { reportId: '\ud800', pages: 1 }, 'result_unserializable'],
    ['is too large', { reportId: 'x'.repeat(2_000_000), pages: 1 }, 'result_unserializable'],
    ['is a BigInt', { reportId: 'r', pages: 1n } as never, 'result_unserializable'],
    ['is nothing', undefined as never, 'result_unserializable'],
  ])('fails with a clear code when the result %s', async (_, result, errorCode) => {
    const server = await started(() => result)
    const task = await until(server, await createReport(server), 'failed')
    expect(task.errorCode).toBe(errorCode)
  })

  it('aborts the generator when its task is cancelled, and keeps it cancelled', async () => {
    const [begun, aborted] = [vi.fn(), vi.fn()]
    const server = await started((context) => {
      begun()
      context.signal.addEventListener('abort', aborted)
      return endless(context)
    })
    const taskId = await createReport(server)
    await vi.waitFor(() => expect(begun).toHaveBeenCalled())
    expect((await call(server, 'POST', 'action=cancel', { body: { taskId } })).body.task.status).toBe('cancelled')
    await vi.waitFor(() => expect(aborted).toHaveBeenCalled())
    expect((await statusOf(server, taskId)).status).toBe('cancelled')
  })

  it('lets a generator that ignores its signal write nothing any more', async () => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const returned = Promise.withResolvers<void>()
    const server = await started(async ({ progress }) => {
      begun.resolve()
      await gate.promise
      await progress(80).catch(() => {})
      returned.resolve()
      return { reportId: 'late', pages: 1 }
    })
    const taskId = await createReport(server)
    await begun.promise
    await call(server, 'POST', 'action=cancel', { body: { taskId } })
    const { version } = await statusOf(server, taskId)
    gate.resolve()
    await returned.promise
    expect(await statusOf(server, taskId)).toMatchObject({ status: 'cancelled', progress: 0, version })
  })

  it('ignores progress that is reported after the end', async () => {
    let late: (() => Promise<void>) | undefined
    const server = await started(({ progress }) => {
      late = () => progress(50)
      return { reportId: 'r', pages: 1 }
    })
    const taskId = await createReport(server)
    const { version } = await until(server, taskId, 'completed')
    await late?.()
    expect((await statusOf(server, taskId)).version).toBe(version)
  })

  it('stops an attempt that takes too long, and says so', async () => {
    const slow = { ...sampleTasks.MAKE_REPORT, timeoutMs: 20, maxRetries: 0 }
    const server = createDocumentedServer({
      catalog: { SLOW: slow },
      store: memoryStore(),
      queue: memoryQueue(),
      authenticate: () => ada,
      generators: { SLOW: endless },
      logger: createLogger({ sink: () => {} }),
    })
    keep(server)
    await server.start()
    const { taskId } = await server.tasks.create(ada, { ...report, type: 'SLOW' })
    expect(await until(server, taskId, 'failed')).toMatchObject({ errorCode: 'task_timed_out' })
  })

  it('refuses steps that the catalog does not know', async () => {
    const server = await started(async ({ step }) => ({
      reportId: 'r',
      pages: (await step('polish' as never, () => 1)) as number,
    }))
    const task = await until(server, await createReport(server), 'failed')
    expect(task).toMatchObject({ errorCode: 'internal_error', retryCount: 0 })
  })

  it('runs no more tasks at once than it was told', async () => {
    let running = 0
    let most = 0
    const gate = Promise.withResolvers<void>()
    const server = await started(
      async () => {
        most = Math.max(most, ++running)
        await gate.promise
        running--
        return { reportId: 'r', pages: 1 }
      },
      { concurrency: 2 },
    )
    const ids = await Promise.all(Array.from({ length: 5 }, () => createReport(server)))
    await vi.waitFor(() => expect(running).toBe(2))
    gate.resolve()
    await Promise.all(ids.map((taskId) => until(server, taskId, 'completed')))
    expect(most).toBe(2)
  })

  it('creates a task from server code', async () => {
    const server = await started()
    const { taskId } = await server.tasks.create(ada, report, { traceId: 'a'.repeat(32) })
    expect(await until(server, taskId, 'completed')).toMatchObject({ createdBy: 'ada', traceId: 'a'.repeat(32) })
  })

  it('does no I/O before it is asked', () => {
    const open = vi.fn()
    sampleServer(makeReport, { store: { ...memoryStore(), open } })
    expect(open).not.toHaveBeenCalled()
  })

  it.each([null, 5, 'fast', {}, { delayMs: () => 1 }, { delayMs: 1, boundMs: 1 }])(
    'refuses a backoff that is none: %j',
    (backoff) => {
      expect(() => sampleServer(makeReport, { backoff: backoff as never })).toThrow(
        /^backoff must .*createBackoffPolicy/,
      )
    },
  )

  it('tries to connect again after a failure', async () => {
    const store = memoryStore()
    const open = vi.fn(() => store.open()).mockRejectedValueOnce(new Error('not yet'))
    const server = sampleServer(makeReport, { store: { ...store, open } })
    keep(server)
    expect(await call(server, 'GET', 'action=list')).toMatchObject({ status: 500 })
    expect(await call(server, 'GET', 'action=list')).toMatchObject({ status: 200 })
  })

  it('answers 503 once it is stopped', async () => {
    const server = await started()
    await server.stop()
    expect(await call(server, 'GET', 'action=list')).toMatchObject({ status: 503, body: { code: 'shutting_down' } })
  })

  it('refuses to be made without authentication, or with a generator for nothing', () => {
    const options = { catalog: sampleTasks, store: memoryStore(), queue: memoryQueue(), generators: {} }
    expect(() => createTaskServer({ ...options, authenticate: undefined as never })).toThrow('needs `authenticate`')
    expect(() =>
      createTaskServer({ ...options, authenticate: () => null, generators: { MAKE_TEA: makeReport } as never }),
    ).toThrow('"MAKE_TEA"')
    expect(() => createTaskServer({ ...options, authenticate: () => null, concurrency: 0 })).toThrow('concurrency is 0')
  })
})
