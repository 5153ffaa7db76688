import { isTaskError } from '@brandkit/core'
import type { PGlite } from '@electric-sql/pglite'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/memory.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import type { TaskScope } from '../../src/principal.js'
import type { AttemptEnd } from '../../src/store/attempt-writes.js'
import type { Lease, TaskStore } from '../../src/store/task-store.js'
import { createMigratedPglite } from '../fixtures/create-pglite.js'
import { FULL_PASS, KNOWN_TYPES, newTask, ownerOf } from '../../src/testing/store/new-task.js'
import {
  isOwner,
  modelBeat,
  modelCancel,
  modelClaim,
  modelExpire,
  modelSettle,
  type ModelTask,
  type Move,
  newModelTask,
} from './store-model.js'

const STEPS = ['channels', 'budget']
const FAILURE = { errorCode: 'generator_failed', lastError: 'No.' } as const
const ENDS: Record<Exclude<AttemptEnd['status'], 'retry'>, AttemptEnd> = {
  completed: { status: 'completed', result: 1 },
  failed: { status: 'failed', ...FAILURE },
  release: { status: 'release' },
  unstarted: { status: 'unstarted' },
}

/** A maintenance pass that keeps every ended task, even in a long game. */
const PASS = { ...FULL_PASS, retention: { endedMs: 86_400_000, tombstoneMs: 86_400_000 } }
const LEASE_MS = 60_000

const task = fc.nat(3)
const lease = fc.nat(7)
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('claim' as const), task, leaseMs: fc.constantFrom(0, LEASE_MS) }),
  },
  fc.record({ do: fc.constant('beat' as const), lease }),
  fc.record({ do: fc.constant('report' as const), lease, progress: fc.nat(120) }),
  fc.record({ do: fc.constant('checkpoint' as const), lease, step: fc.constantFrom(...STEPS) }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      lease,
      end: fc.constantFrom(...(['completed', 'failed', 'retry', 'release', 'unstarted'] as const)),
      delayMs: fc.constantFrom(0, 0, 30_000),
    }),
  },
  fc.record({ do: fc.constant('cancel' as const), task }),
  fc.record({
    do: fc.constant('create' as const),
    owner: fc.nat(1),
    key: fc.constantFrom('a', 'b'),
    request: fc.constantFrom('this', 'this', 'another'),
    claims: fc.constantFrom('in the insert' as const, 'later' as const),
  }),
  fc.record({
    do: fc.constant('trespass' as const),
    task,
    as: fc.constantFrom('another user' as const, 'another tenant' as const, 'without the brand' as const),
  }),
  fc.record({ do: fc.constant('maintain' as const) }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(30_000, LEASE_MS, 600_000) }),
)
const game = fc.record({ maxRetries: fc.nat(2), moves: fc.array(move, { maxLength: 40 }) })

/** Games that are drawn too rarely. */
const KNOWN_GAMES: { maxRetries: number; moves: Move[] }[] = [
  {
    maxRetries: 2,
    moves: [
      { do: 'claim', task: 0, leaseMs: LEASE_MS },
      { do: 'settle', lease: 0, end: 'retry', delayMs: 30_000 },
      { do: 'claim', task: 0, leaseMs: LEASE_MS },
      { do: 'pass', ms: 30_000 },
      { do: 'claim', task: 0, leaseMs: LEASE_MS },
    ],
  },
  {
    maxRetries: 1,
    moves: [
      { do: 'claim', task: 0, leaseMs: LEASE_MS },
      { do: 'pass', ms: 600_000 },
      { do: 'beat', lease: 0 },
      { do: 'maintain' },
      { do: 'claim', task: 0, leaseMs: LEASE_MS },
    ],
  },
  {
    maxRetries: 0,
    moves: [
      { do: 'create', owner: 0, key: 'a', request: 'this', claims: 'in the insert' },
      { do: 'create', owner: 1, key: 'a', request: 'this', claims: 'in the insert' },
      { do: 'beat', lease: 0 },
      { do: 'pass', ms: LEASE_MS },
      { do: 'maintain' },
      { do: 'claim', task: 2, leaseMs: LEASE_MS },
      { do: 'settle', lease: 0, end: 'completed', delayMs: 0 },
    ],
  },
]

const STRANGERS: Record<Extract<Move, { do: 'trespass' }>['as'], Partial<TaskScope>> = {
  'another user': { userId: 'mallory' },
  'another tenant': { tenantId: 'globex' },
  'without the brand': { brandIds: ['borealis'] },
}

interface Stage {
  store: TaskStore
  /** The store's clock, in milliseconds. Null if the test cannot control it: then no time passes. */
  clock: { at: number } | null
}

/** Plays the moves on the store and on the model, and compares both after each move. */
async function play(
  { store, clock }: Stage,
  { maxRetries, moves }: { maxRetries: number; moves: Move[] },
): Promise<void> {
  const inputs = [newTask({ maxRetries }), newTask({ maxRetries })]
  await Promise.all(inputs.map((input) => store.create({ tasks: [input] })))
  const models = new Map(inputs.map(({ taskId }) => [taskId, newModelTask(maxRetries)]))
  const modelOf = (taskId: string): ModelTask => models.get(taskId) ?? newModelTask(0)
  const owners = [newTask().userId, newTask().userId]
  const keys = new Map<string, { taskId: string; request: string }>()
  const leases: Lease[] = []
  let now = 0
  const versions = new Map<string, number>()

  async function claim(taskId: string, leaseMs: number): Promise<void> {
    const steps = [...modelOf(taskId).steps].toSorted()
    const expected = modelClaim(modelOf(taskId), { leaseMs, now })
    const claimed = await store.claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs })
    expect(claimed.outcome).toBe(expected)
    if (claimed.outcome !== 'claimed') return
    leases.unshift(claimed.lease)
    expect([...claimed.checkpoints.keys()].toSorted()).toEqual(steps)
  }

  async function create({ owner, key, request, claims }: Extract<Move, { do: 'create' }>): Promise<void> {
    const input = newTask({ maxRetries, userId: owners[owner] ?? '' })
    const known = keys.get(`${owner} ${key}`)
    const created = store.create({
      tasks: [input],
      idempotency: { key, requestHash: request },
      ...(claims === 'in the insert' && { claim: { leaseMs: LEASE_MS } }),
    })
    if (known && known.request !== request) {
      await expect(created).rejects.toMatchObject({ code: 'idempotency_key_reused' })
      return
    }
    const { tasks, replayed } = await created
    expect({ replayed, taskIds: tasks.map(({ taskId }) => taskId) }).toEqual({
      replayed: known !== undefined,
      taskIds: [known?.taskId ?? input.taskId],
    })
    if (known) return
    keys.set(`${owner} ${key}`, { taskId: input.taskId, request })
    inputs.push(input)
    const model = { ...newModelTask(maxRetries), dueAt: now }
    models.set(input.taskId, model)
    if (claims === 'later') return
    modelClaim(model, { leaseMs: LEASE_MS, now })
    model.untouched = true
    leases.unshift({ taskId: input.taskId, tenantId: input.tenantId, epoch: model.epoch })
  }

  async function trespass(taskId: string, scope: TaskScope): Promise<void> {
    expect(await store.find([taskId], scope)).toEqual([])
    expect((await store.list({ limit: 100 }, scope)).tasks.map((found) => found.taskId)).not.toContain(taskId)
    expect(await store.cancel(taskId, scope)).toBeNull()
    expect(await store.delete(taskId, scope)).toBeNull()
  }

  async function write(held: Lease, made: Extract<Move, { lease: number }>): Promise<void> {
    const model = modelOf(held.taskId)
    if (made.do === 'settle') {
      const { end, delayMs } = made
      const taken = modelSettle(model, held, { end, delayMs, now })
      if (taken) model.untouched = false
      const written: AttemptEnd = end === 'retry' ? { status: end, delayMs, ...FAILURE } : ENDS[end]
      expect(await isTaken(store.settle(held, written))).toBe(taken)
      return
    }
    const taken = isOwner(model, held)
    if (taken) model.untouched = false
    if (made.do === 'beat') {
      expect(await isTaken(store.beat(held, { leaseMs: LEASE_MS }))).toBe(taken)
      if (taken) modelBeat(model, { leaseMs: LEASE_MS, now })
      return
    }
    if (made.do === 'report') {
      expect(await isTaken(store.report(held, { progress: made.progress }))).toBe(taken)
      if (taken) model.progress = Math.max(model.progress, Math.min(made.progress, 99.9))
      return
    }
    expect(await isTaken(store.checkpoint(held, { step: made.step, output: 1 }))).toBe(taken)
    if (!taken) return
    model.steps.add(made.step)
    model.checkpointEpoch = model.epoch
  }

  async function make(made: Move): Promise<void> {
    if (made.do === 'maintain') {
      await store.maintain(PASS)
      for (const model of models.values()) modelExpire(model, now)
      return
    }
    if (made.do === 'pass') {
      if (!clock) return
      clock.at += made.ms
      now += made.ms
      return
    }
    if (made.do === 'create') return create(made)
    if (made.do === 'claim' || made.do === 'cancel' || made.do === 'trespass') {
      const input = inputs[made.task % inputs.length] ?? newTask()
      if (made.do === 'claim') return claim(input.taskId, made.leaseMs)
      if (made.do === 'trespass') return trespass(input.taskId, { ...ownerOf(input), ...STRANGERS[made.as] })
      const cancelled = modelCancel(modelOf(input.taskId))
      expect((await store.cancel(input.taskId, ownerOf(input))) !== null).toBe(cancelled)
      return
    }
    const held = leases[made.lease]
    if (held) await write(held, made)
  }

  for (const made of moves) {
    await make(made)
    for (const input of inputs) {
      const [found] = await store.find([input.taskId], ownerOf(input))
      const { status, attempt, epoch, progress } = modelOf(input.taskId)
      expect(found).toMatchObject({ status, attempt, epoch, progress })
      expect(found?.version).toBeGreaterThanOrEqual(versions.get(input.taskId) ?? 1)
      versions.set(input.taskId, found?.version ?? 1)
    }
  }
}

async function isTaken(written: Promise<unknown>): Promise<boolean> {
  try {
    await written
    return true
  } catch (error) {
    if (isTaskError(error) && error.code === 'ownership_lost') return false
    throw error
  }
}

let pglite: PGlite
beforeAll(async () => {
  pglite = await createMigratedPglite()
})
afterAll(() => pglite.close())

describe.each<[string, number, () => Stage]>([
  [
    'memory',
    300,
    () => {
      const clock = { at: Date.now() }
      return { store: memoryStore({ now: () => clock.at }), clock }
    },
  ],
  ['PGlite', 40, () => ({ store: postgresStore({ pglite }), clock: null })],
])('the store on %s', (_, numRuns, open) => {
  let stage: Stage
  beforeAll(async () => {
    stage = open()
    await stage.store.open()
  })
  afterAll(() => stage.store.close())

  it('does what the state machine says, whatever is done to it in whatever order', async () => {
    const property = fc.asyncProperty(game, (drawn) => play(stage, drawn))
    await expect(
      fc.assert(property, { numRuns, examples: KNOWN_GAMES.map((known) => [known]) }),
    ).resolves.toBeUndefined()
  })
})
