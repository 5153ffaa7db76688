import { FatalTaskError, RetryableTaskError } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryQueue, memoryStore } from '../../../src/memory.js'
import type { TaskServer } from '../../../src/task-server.js'
import type { TaskStore } from '../../../src/store/task-store.js'
import type {
  call as Call,
  report as Report,
  ReportGenerator as Generator,
  sampleServer as SampleServer,
} from '../../fixtures/sample-tasks.js'
import { createGatedWork, type GatedWork, reporting } from './gated-work.js'

/** The modules under test, since mutants bring their own. */
export interface Modules {
  sampleServer: typeof SampleServer
  call: typeof Call
  report: typeof Report
}

/**
 * What the fast paths of a worker may and may not do: with the tasks that its own process creates, and with progress that is
 * written behind.
 */
export function describeFastPaths(name: string, load: () => Promise<Modules>): void {
  describe(`fast paths: ${name}`, () => {
    const servers: TaskServer[] = []
    let work: GatedWork
    // On a slow machine a task would wait so long that the engine gets a hint.
    beforeEach(() => void vi.spyOn(performance, 'now').mockReturnValue(performance.now()))
    afterEach(async () => {
      vi.restoreAllMocks()
      work.open()
      await Promise.all(servers.splice(0).map((server) => server.stop()))
    })

    type Options = Parameters<typeof SampleServer>[1]

    /** Two processes on one store and one engine: one works, the other only creates. */
    async function openProcesses(options: Options = {}) {
      work = createGatedWork()
      const { sampleServer, call, report } = await load()
      const store = options?.store ?? memoryStore()
      const queue = memoryQueue()
      const enqueue = vi.spyOn(queue, 'enqueue')
      const shared = { concurrency: 1, ...options, store, queue }
      const startedByOther: string[] = []
      const open = (generator: Generator) => {
        const server = sampleServer(generator, shared)
        servers.push(server)
        return server
      }
      const worker = open(work.generator)
      const other = open((context) => {
        startedByOther.push(context.payload.name)
        return work.generator(context)
      })
      const create = async (server: TaskServer, title: string, more: object = {}, key: string = title) => {
        const body = { ...report, payload: { name: title }, ...more }
        const reply = await call(server, 'POST', 'action=create', { body, headers: { 'idempotency-key': key } })
        expect(reply).toMatchObject({ status: 202 })
        return reply.body.task
      }
      const read = async (taskId: string) => (await call(other, 'GET', `action=status&taskId=${taskId}`)).body.task
      const isCompleted = (taskId: string) =>
        vi.waitFor(async () => expect((await read(taskId)).status).toBe('completed'))
      return { store, queue, enqueue, worker, other, startedByOther, create, read, isCompleted }
    }

    it.each(['failed', 'queued'] as const)('keeps the last progress of an attempt that ends as %s', async (status) => {
      const refusing: Generator = async ({ progress }) => {
        for (const percent of [10, 40, 70]) void progress(percent)
        throw status === 'failed'
          ? new FatalTaskError('No.')
          : new RetryableTaskError('Busy.', { retryAfterMs: 3_600_000 })
      }
      const { worker, create, read } = await openProcesses({ generators: { MAKE_REPORT: refusing } })
      await worker.start()
      const { taskId } = await create(worker, 'May')
      await vi.waitFor(async () => expect((await read(taskId)).errorCode).toBeDefined())
      expect(await read(taskId)).toMatchObject({ status, progress: 70 })
    })

    it('writes reports of one moment once, and with the next step', async () => {
      const store = memoryStore()
      const report = vi.spyOn(store, 'report')
      const { worker, create, isCompleted } = await openProcesses({ store, generators: { MAKE_REPORT: reporting } })
      await worker.start()
      await isCompleted((await create(worker, 'May')).taskId)
      expect(report.mock.calls.map(([, written]) => written)).toEqual([{ currentStep: 'draft', progress: 30 }])
    })

    it('starts a task on a free slot by the insert alone, without a message or another claim', async () => {
      const store = memoryStore()
      const claim = vi.spyOn(store, 'claim')
      const { worker, enqueue, create, isCompleted } = await openProcesses({ store })
      await worker.start()
      const task = await create(worker, 'May')
      expect(task).toMatchObject({ status: 'processing', retryCount: 0, version: 1 })
      work.open()
      await isCompleted(task.taskId)
      expect(work.started).toEqual(['May'])
      expect({ claims: claim.mock.calls, messages: enqueue.mock.calls }).toEqual({ claims: [], messages: [] })
    })

    it('starts nothing when a create is repeated, whoever runs its task', async () => {
      const { worker, create, isCompleted } = await openProcesses({ concurrency: 3 })
      await worker.start()
      const { taskId } = await create(worker, 'May')
      await work.haveStarted(1)
      expect((await create(worker, 'May')).taskId).toBe(taskId)
      const last = await create(worker, 'June')
      await work.haveStarted(2)
      expect(work.started).toEqual(['May', 'June'])
      work.open()
      await isCompleted(last.taskId)
      await isCompleted(taskId)
      expect(work.started).toEqual(['May', 'June'])
    })

    it('starts nothing that the insert has not claimed', async () => {
      const inner = memoryStore()
      const claim = vi.spyOn(inner, 'claim')
      const store: TaskStore = { ...inner, create: (input) => inner.create({ ...input, claim: undefined }) }
      const { worker, create, read, isCompleted } = await openProcesses({ store })
      await worker.start()
      const { taskId, status } = await create(worker, 'May')
      expect(status).toBe('queued')
      await work.haveStarted(1)
      expect(claim).toHaveBeenCalledOnce()
      work.open()
      await isCompleted(taskId)
      expect(work.started).toEqual(['May'])
      expect((await read(taskId)).retryCount).toBe(0)
    })

    it('starts nothing that is cancelled before its turn comes', async () => {
      const { worker, create, isCompleted } = await openProcesses({ concurrency: 2 })
      await worker.start()
      const { call } = await load()
      const { taskId } = await create(worker, 'May')
      expect(await call(worker, 'POST', 'action=cancel', { body: { taskId } })).toMatchObject({ status: 200 })
      const june = await create(worker, 'June')
      await work.haveStarted(1)
      work.open()
      await isCompleted(june.taskId)
      expect(work.started).toEqual(['June'])
    })

    it('claims no task in its insert that may run only once, since a crash after such a claim costs no attempt', async () => {
      const { worker, enqueue, create } = await openProcesses()
      await worker.start()
      const { status } = await create(worker, 'May', { maxRetries: 0 })
      await work.haveStarted(1)
      expect({ status, messages: enqueue.mock.calls }).toEqual({ status: 'queued', messages: [] })
    })

    it('takes turns with the messages of other processes while its own tasks flood in', async () => {
      const { worker, other, create } = await openProcesses()
      await worker.start()
      await create(worker, 'own-0')
      await work.haveStarted(1)
      for (const title of ['other-1', 'other-2', 'other-3']) await create(other, title)
      for (let count = 1; count <= 8; count += 1) await create(worker, `own-${count}`)
      for (let starts = 2; starts <= 8; starts += 1) await work.endOne(starts)
      // One message, one task of its own: a message is overtaken by no more tasks than messages were before it.
      expect(work.started.flatMap((title, at) => (title.startsWith('other') ? [[title, at]] : []))).toEqual([
        ['other-1', 1],
        ['other-2', 3],
        ['other-3', 5],
      ])
    })

    it('starts no task of its own before messages of a greater priority', async () => {
      const { worker, other, create } = await openProcesses({
        authenticate: () => ({ tenantId: 'acme', userId: 'ada', brandIds: '*', maxPriority: 'high' }),
      })
      await worker.start()
      await create(worker, 'own-0')
      await work.haveStarted(1)
      for (const title of ['other-1', 'other-2', 'other-3']) await create(other, title, { priority: 'high' })
      for (let count = 1; count <= 4; count += 1) await create(worker, `own-${count}`)
      for (let starts = 2; starts <= 5; starts += 1) await work.endOne(starts)
      expect(work.started).toEqual(['own-0', 'other-1', 'other-2', 'other-3', 'own-1'])
    })

    it('shares a flood of its own tasks with an idle process, from the far end, and keeps its own order', async () => {
      const { worker, other, startedByOther, create } = await openProcesses()
      await worker.start()
      await other.start()
      for (let count = 0; count < 10; count += 1) await create(worker, `own-${count}`)
      await work.haveStarted(1)
      // The clock goes on, and shows that nothing starts.
      vi.restoreAllMocks()
      await work.haveStarted(2)
      for (let starts = 3; starts <= 10; starts += 1) await work.endOne(starts)
      // Each end makes room in one process, by turns.
      expect(startedByOther.length).toBeGreaterThanOrEqual(4)
      expect(startedByOther.length).toBeLessThanOrEqual(6)
      expect(startedByOther[0]).toBe('own-9')
      const own = work.started.filter((title) => !startedByOther.includes(title))
      expect(own).toEqual(own.toSorted())
    })

    it('asks the engine first after its start, since older tasks may wait there', async () => {
      const { worker, other, create } = await openProcesses()
      const first = Promise.withResolvers<void>()
      for (const title of ['old-1', 'old-2']) await create(other, title)
      const starting = worker.start().then(first.resolve)
      await create(worker, 'own-1')
      await starting
      await create(worker, 'own-2')
      for (let starts = 1; starts <= 4; starts += 1) await work.endOne(starts)
      expect(work.started[0]).toBe('old-1')
      expect(work.started.indexOf('old-2')).toBeLessThanOrEqual(2)
    })

    it('runs no more tasks of a user at once than it may', async () => {
      const { worker, create } = await openProcesses({ concurrency: 5, limits: { runningPerUser: 1 } })
      await worker.start()
      const tasks = [await create(worker, 'May'), await create(worker, 'June'), await create(worker, 'July')]
      expect(tasks.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued'])
      await work.haveStarted(1)
      await work.endOne(2)
      expect(work.started).toHaveLength(2)
      await work.endOne(3)
    })

    it('leaves to the engine what is scheduled, what comes in a batch, and what a process without a worker creates', async () => {
      const { worker, other, create, enqueue } = await openProcesses({ concurrency: 5 })
      await worker.start()
      const scheduled = await create(worker, 'later', { runAt: new Date(Date.now() + 3_600_000).toISOString() })
      const foreign = await create(other, 'foreign')
      expect([scheduled.status, foreign.status]).toEqual(['queued', 'queued'])
      const { call, report } = await load()
      const { body } = await call(worker, 'POST', 'action=create', { body: { tasks: [report, report] } })
      expect((body as unknown as { tasks: { status: string }[] }).tasks.map(({ status }) => status)).toEqual([
        'queued',
        'queued',
      ])
      expect(enqueue.mock.calls.map(([deliveries]) => deliveries.length)).toEqual([1, 1, 2])
    })

    it('needs no slot for an end that waits for the store, but only as many as it has slots', async () => {
      const inner = memoryStore()
      const ends = Promise.withResolvers<void>()
      const store: TaskStore = { ...inner, settle: (...input) => ends.promise.then(() => inner.settle(...input)) }
      const { worker, create, isCompleted } = await openProcesses({ store })
      await worker.start()
      await create(worker, 'May')
      await work.haveStarted(1)
      const june = await create(worker, 'June')
      const july = await create(worker, 'July')
      await work.endOne(2)
      await work.endOne(2)
      // The ends of May and June wait: July must wait, too.
      expect(june.status).toBe('queued')
      expect(work.started).toEqual(['May', 'June'])
      ends.resolve()
      work.open()
      await isCompleted(july.taskId)
    })

    it('hands its line to the engine when it stops, and what it was about to start, at no cost', async () => {
      const inner = memoryStore()
      let inserted = Promise.resolve()
      const store: TaskStore = {
        ...inner,
        create: async (input) => {
          const created = await inner.create(input)
          if (input.claim) await inserted
          return created
        },
      }
      const { worker, other, create, read, isCompleted } = await openProcesses({ store, concurrency: 2 })
      await worker.start()
      await create(worker, 'running')
      await work.haveStarted(1)
      const answer = Promise.withResolvers<void>()
      inserted = answer.promise
      const creating = create(worker, 'about-to-start')
      const lined = await create(worker, 'in-line')
      const stopping = worker.stop()
      work.open()
      answer.resolve()
      const { taskId } = await creating
      await stopping
      servers.splice(servers.indexOf(worker), 1)
      expect(work.started).toEqual(['running'])
      expect(await read(taskId)).toMatchObject({ status: 'queued', retryCount: 0 })
      expect(await read(lined.taskId)).toMatchObject({ status: 'queued' })
      await other.start()
      await isCompleted(taskId)
      expect(await read(taskId)).toMatchObject({ retryCount: 0 })
      await isCompleted(lined.taskId)
    })
  })
}
