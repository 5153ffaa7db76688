import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NewStoredTask } from '../../store/task-store.js'
import { adasScope, memoryStreams, letPass } from '../../../proofs/fixtures/memory-streams.js'
import { type RecordingSink, recordingSink } from '../../../proofs/fixtures/recording-sink.js'
import { KNOWN_TYPES } from '../../testing/store/new-task.js'
import type { TaskStream } from './task-stream.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** One change of a task or of the watcher's connection. `task` picks one of the existing tasks. */
const move = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), brandId: fc.constantFrom('aurora', 'borealis') }),
  fc.record({ kind: fc.constantFrom('claim' as const, 'report' as const, 'end' as const), task: fc.nat() }),
  fc.record({ kind: fc.constantFrom('cut' as const, 'connect' as const, 'stall' as const, 'flow' as const) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 300 }) }),
)
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

const SNAPSHOT_TAKES_MS = 50
const scope = { ...adasScope, brandIds: ['aurora'] }

interface Versioned {
  taskId: string
  version: number
  status: string
}

const inOrder = (tasks: readonly Versioned[]) =>
  tasks
    .map(({ taskId, version, status }) => ({ taskId, version, status }))
    .toSorted((a, b) => a.taskId.localeCompare(b.taskId))

/** Makes a watcher. After a cut it keeps the tasks that it knows, but loses messages that were on their way. */
function makeWatcher({ store, streams }: ReturnType<typeof memoryStreams>) {
  const known = new Map<string, Versioned>()
  const sinks = new Map<RecordingSink, TaskStream | null>()

  function cut(): void {
    for (const [sink, stream] of sinks) {
      for (const [taskId, task] of sink.view()) {
        expect(task.version).toBeGreaterThanOrEqual(known.get(taskId)?.version ?? 0)
        known.set(taskId, task)
      }
      stream?.close()
    }
    sinks.clear()
  }

  async function open(sink: RecordingSink): Promise<void> {
    const stream = await streams.open({
      scope,
      currentScope: async () => scope,
      async readSnapshot() {
        const { tasks } = await store.list({ limit: 10_000 }, scope)
        await new Promise((resolve) => setTimeout(resolve, SNAPSHOT_TAKES_MS))
        return tasks
      },
    })
    if (!sinks.has(sink)) return stream.close()
    sinks.set(sink, stream)
    stream.attach(sink)
  }

  return {
    known,
    cut,
    isConnected: () => sinks.size > 0,
    connect(): void {
      cut()
      const sink = recordingSink()
      sinks.set(sink, null)
      void open(sink)
    },
    stall(): void {
      for (const sink of sinks.keys()) sink.flows = false
    },
    flow(): void {
      for (const [sink, stream] of sinks) {
        Object.assign(sink, { flows: true, held: 0 })
        stream?.drain()
      }
    },
  }
}

/** Plays the moves, and compares the watcher's tasks with the stored tasks at the end. */
async function play(moves: readonly Move[]): Promise<void> {
  const world = memoryStreams()
  const { store, create, streams } = world
  const inputs: NewStoredTask[] = []
  const watcher = makeWatcher(world)

  async function work(kind: 'claim' | 'report' | 'end', { taskId, tenantId }: NewStoredTask): Promise<void> {
    if (kind === 'claim') return void (await store.claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs: 600_000 }))
    const [task] = await store.find([taskId], adasScope)
    if (task?.status !== 'processing') return void (kind === 'end' && (await store.cancel(taskId, adasScope)))
    const lease = { taskId, tenantId, epoch: task.epoch }
    if (kind === 'report') return store.report(lease, { partialResult: 'x'.repeat(30_000) })
    await store.settle(lease, { status: 'completed', result: { ok: true } })
  }

  watcher.connect()
  for (const step of moves) {
    if (step.kind === 'create') inputs.push(await create({ brandId: step.brandId }))
    else if (step.kind === 'wait') await vi.advanceTimersByTimeAsync(step.ms)
    else if ('task' in step) await (inputs.length > 0 && work(step.kind, inputs[step.task % inputs.length]!))
    else watcher[step.kind]()
  }
  if (!watcher.isConnected()) watcher.connect()
  await letPass()
  watcher.flow()
  // Each round reads and sends as many tasks as fit.
  for (let round = 0; round < 5; round += 1) await letPass()
  watcher.cut()

  expect(inOrder([...watcher.known.values()])).toEqual(inOrder((await store.list({ limit: 10_000 }, scope)).tasks))
  await vi.advanceTimersByTimeAsync(SNAPSHOT_TAKES_MS)
  expect(streams.size).toBe(0)
}

describe('whoever watches', () => {
  it('ends up knowing exactly what is stored, wherever the connection was cut or stalled', async () => {
    await fc.assert(fc.asyncProperty(fc.array(move, { maxLength: 80, size: 'max' }), play), { numRuns: 300 })
  })
})
