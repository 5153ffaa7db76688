import { isTerminal, type TaskJson } from '@brandkit/core'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, vi } from 'vitest'
import type { TaskServer } from '../../src/create-task-server.js'
import { memoryQueue } from '../../src/memory.js'
import type { Principal } from '../../src/principal.js'
import type { QueueBackend } from '../../src/queue/queue-backend.js'
import type { Lease, TaskStore } from '../../src/store/task-store.js'
import { call, report, sampleServer } from '../fixtures/sample-tasks.js'
import { standingAfter } from './runtime-model.js'
import type { Move, Plan } from './runtime-plan.js'
import { createScriptedGenerator, nameOf, resultOf, SECRET } from './scripted-generator.js'

/** The longest time for anything that must happen, in milliseconds. */
const PATIENCE = { timeout: 20_000, interval: 1 }

/**
 * Plays a plan on a whole server and checks its promises: during the play by all that a reader sees, and at the end by the
 * state of each task. `openStore` returns a new handle on the same data each time.
 */
export async function play(plan: Plan, openStore: () => TaskStore): Promise<void> {
  // A new tenant for each play, so that plays on one database do not see each other's tasks.
  const ada: Principal = { tenantId: crypto.randomUUID(), userId: 'ada', brandIds: ['aurora'] }
  const movesMade = Promise.withResolvers<void>()
  const scripted = createScriptedGenerator(plan, movesMade.promise)
  const leases: Lease[] = []
  /** Tasks that were claimed in their insert. */
  const newborn = new Set<string>()
  /** The tasks of the claims that a shutdown has handed back. */
  const unstarted: string[] = []
  /** Claims that could not be handed back, because a cancel came first: their attempts count. */
  const inVain = new Map<string, number>()
  const cancelled = new Set<number>()
  const seen = new Map<string, TaskJson>()
  let ids: string[] = []
  let running = await startProcess()

  async function startProcess(): Promise<{ store: TaskStore; queue: QueueBackend; server: TaskServer }> {
    const queue = memoryQueue()
    const store = openStore()
    const underWay = new Set<Promise<unknown>>()
    const until = async <T>(work: Promise<T>): Promise<T> => {
      underWay.add(work)
      return work.finally(() => underWay.delete(work))
    }
    const watched = Object.assign(Object.create(store) as TaskStore, {
      create: (input: Parameters<TaskStore['create']>[0]) => until(insert(store, input)),
      claim: (input: Parameters<TaskStore['claim']>[0]) => until(claim(store, input)),
      settle: (...input: Parameters<TaskStore['settle']>) => until(settle(store, ...input)),
    })
    const server = sampleServer(scripted.generator, {
      store: watched,
      queue,
      authenticate: () => ada,
      concurrency: plan.concurrency,
      timings: { drainMs: 1, beatMs: 5, leaseMs: 60_000, maintenanceMs: 20 },
    })
    await server.start()
    return { store, queue, server }
  }

  /** Answers late, as over a network, and records each lease and its worker. */
  async function claim(store: TaskStore, input: Parameters<TaskStore['claim']>[0]) {
    const answer = await store.claim(input)
    if (answer.outcome === 'claimed') leases.push(answer.lease)
    return delayed(answer)
  }

  /** Records the lease of a task that is claimed in its insert, too. */
  async function insert(store: TaskStore, input: Parameters<TaskStore['create']>[0]) {
    const answer = await store.create(input)
    if (answer.replayed) return delayed(answer)
    for (const { taskId, tenantId, epoch, status } of answer.tasks) {
      if (status !== 'processing') continue
      leases.push({ taskId, tenantId, epoch })
      newborn.add(taskId)
    }
    return delayed(answer)
  }

  /** Counts the claims that a shutdown hands back before the generator is called, in vain after a cancel. */
  async function settle(store: TaskStore, ...input: Parameters<TaskStore['settle']>) {
    const [{ taskId }, end] = input
    if (end.status !== 'unstarted') return store.settle(...input)
    unstarted.push(taskId)
    return store.settle(...input).catch((error: unknown) => {
      inVain.set(taskId, (inVain.get(taskId) ?? 0) + 1)
      throw error
    })
  }

  async function delayed<T>(answer: T): Promise<T> {
    for (let turns = 0; turns < plan.latency; turns++) await turn()
    return answer
  }

  function deliver(taskIds: readonly string[]): Promise<void> {
    return running.queue.enqueue(taskIds.map((taskId) => ({ taskId, priority: 1, delayMs: 0 })))
  }

  async function create(task: number): Promise<string> {
    const { status, body } = await call(running.server, 'POST', 'action=create', {
      body: { ...report, payload: { name: nameOf(task) }, maxRetries: plan.tasks[task]?.maxRetries },
      headers: { 'idempotency-key': nameOf(task) },
    })
    expect({ status, body }).toMatchObject({ status: 202 })
    return body.task.taskId
  }

  /** Reads all tasks, and compares them with the previous read. */
  async function look(): Promise<TaskJson[]> {
    const { body } = await call(running.server, 'GET', `action=status&taskIds=${ids.join()}`)
    const { tasks } = body as unknown as { tasks: TaskJson[] }
    for (const task of tasks) {
      const before = seen.get(task.taskId)
      seen.set(task.taskId, task)
      expect(task.progress).toBeGreaterThanOrEqual(before?.progress ?? 0)
      expect(task.progress).toBeLessThanOrEqual(task.status === 'completed' ? 100 : 99)
      expect(task.retryCount).toBeLessThanOrEqual(task.maxRetries)
      expect(JSON.stringify(task)).not.toContain(SECRET)
      if (!before) continue
      expect(task.version).toBeGreaterThanOrEqual(before.version)
      if (task.version === before.version || isTerminal(before.status)) expect(task).toEqual(before)
    }
    expect(tasks.length).toBe(ids.length)
    return ids.flatMap((taskId) => seen.get(taskId) ?? [])
  }

  async function writeInVain(old: readonly Lease[]): Promise<void> {
    const { store } = running
    const answers = await Promise.allSettled(
      old.flatMap((lease) => [
        store.beat(lease, { leaseMs: 60_000 }),
        store.report(lease, { progress: 98 }),
        store.checkpoint(lease, { step: 'draft', output: ['late'] }),
      ]),
    )
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'ownership_lost' } })
  }

  async function make(move: Move): Promise<void> {
    if (move.do === 'maintain') {
      await running.server.maintain()
      return
    }
    if (move.do === 'deploy') {
      await running.server.stop()
      running = await startProcess()
      // A durable queue would keep its messages. This queue has lost them, and alarms ring too late for a test.
      return deliver(ids)
    }
    const task = move.task % ids.length
    const taskId = ids[task] ?? ''
    if (move.do === 'deliver') return deliver([taskId])
    if (move.do === 'create again') {
      expect(await create(task)).toBe(taskId)
      return
    }
    const { status, body } = await call(running.server, 'POST', 'action=cancel', { body: { taskId } })
    if (status === 200) {
      cancelled.add(task)
      expect(body.task.status).toBe('cancelled')
      return
    }
    expect({ status, body }).toMatchObject({ status: 409, body: { code: 'task_is_over' } })
    expect((await look())[task]?.status).toMatch(/completed|failed/)
  }

  function isCancelledBeforeItsTurn(task: number): boolean {
    const taskId = ids[task] ?? ''
    return newborn.has(taskId) && !unstarted.includes(taskId) && scripted.runs[task]?.length === 0
  }

  async function endAll(): Promise<void> {
    await vi.waitFor(async () => {
      const active = (await look()).filter((task) => !isTerminal(task.status))
      expect(active.map(({ title, status }) => `${title} is ${status}`)).toEqual([])
      // A claim that a cancel has overtaken ends in a run, too, unless the task was claimed in its insert.
      const neverBegun = [...cancelled].filter(isCancelledBeforeItsTurn)
      expect(scripted.runs.flat().length + unstarted.length + neverBegun.length).toBe(leases.length)
      expect(scripted.running()).toBe(0)
    }, PATIENCE)
    // One more turn, so that the last run can make its late calls.
    await turn()
  }

  /** Does things that must change nothing any more: late calls, another delivery, maintenance, writes under an old lease. */
  async function disturb(): Promise<void> {
    for (const answer of await scripted.callLate()) expect(answer).toBe('ignored')
    await deliver(ids)
    await running.server.maintain()
    await writeInVain(leases)
    await vi.waitFor(async () => expect(await running.queue.depth?.()).toBe(0), PATIENCE)
  }

  /** Compares the state of each task with the state that its runs alone must have produced. */
  function judge(tasks: readonly TaskJson[]): void {
    for (const [task, { taskId, status, errorCode, progress, retryCount, result }] of tasks.entries()) {
      const { maxRetries = 0 } = plan.tasks[task] ?? {}
      const runs = scripted.runs[task] ?? []
      const expected = standingAfter({ maxRetries }, runs)
      expect(expected.complaints).toEqual([])
      expect(retryCount).toBe(Math.max(0, expected.attempt + (inVain.get(taskId) ?? 0) - 1))
      if (cancelled.has(task)) {
        expect({ status, result }).toEqual({ status: 'cancelled', result: undefined })
        continue
      }
      const last = expected.status === 'completed' ? resultOf(task, runs.length - 1) : undefined
      expect({ status, errorCode, result }).toEqual({
        status: expected.status,
        errorCode: expected.errorCode,
        result: last,
      })
      // The progress of an interrupted run cannot be predicted.
      if (runs.every(({ aborted }) => !aborted)) expect(progress).toBe(expected.progress)
    }
    for (const { given, expected } of scripted.outputs) expect(given).toEqual(expected)
  }

  try {
    ids = await Promise.all(plan.tasks.map((_, task) => create(task)))
    for (const move of plan.moves) {
      for (let looks = 0; looks < move.after; looks++) {
        await look()
        await turn()
      }
      // These are the writes of former owners of a task.
      await writeInVain(
        leases.filter(({ taskId, epoch }) => leases.some((other) => other.taskId === taskId && other.epoch > epoch)),
      )
      await make(move)
    }
    movesMade.resolve()
    await endAll()
    await disturb()
    judge(await look())
    const stats = await running.server.stats({ tenantId: ada.tenantId })
    expect(stats).toMatchObject({ queued: 0, due: 0, processing: 0 })
  } finally {
    movesMade.resolve()
    await running.server.stop()
  }
}
