import { type BackoffPolicy, isTerminal, type TaskDefinition, type TaskLogger } from '@brandkit/core'
import { assembleTaskServer } from '../../assemble-task-server.js'
import type { Principal } from '../../principal.js'
import { createDoorbell } from '../../queue/doorbell.js'
import { createMemoryQueue } from '../../queue/memory-queue.js'
import { AttemptAborted } from '../../runtime/running/attempt.js'
import type { TaskLimits } from '../../runtime/creating/task-limits.js'
import type { NewTaskInput } from '../../runtime/creating/new-task.js'
import type { Generator } from '../../runtime/running/generator.js'
import type { MemoryRow } from '../../store/memory/memory-row.js'
import { createMemory } from '../../store/memory-store.js'
import type { TaskStore } from '../../store/task-store.js'
import type { TaskServer } from '../../task-server.js'
import { type ManualClock, toClock } from '../fake-server/fake-clock.js'
import { createScriptedQueue } from '../fake-server/scripted-queue.js'
import { NO_TELEMETRY } from '../no-telemetry.js'
import type { PlayedAbort } from './interruptions.js'

/** The type of the one task. */
export const TASK_TYPE = 'TASK_UNDER_TEST'

const TRACE_ID = '1'.padStart(32, '0')

export const OWNER = { userId: 'ada', brandIds: '*' } as const satisfies Principal

/**
 * A prime number of milliseconds, so that maintenance does not come in the very millisecond of a time-out and take the worker
 * for dead. In production that is a rare coincidence; here, time stands still between the two.
 */
const TIMINGS = { maintenanceMs: 5_003, drainMs: 0 }

interface StageOptions {
  definition: TaskDefinition
  generator: Generator<never>
  /** JSON by step. */
  checkpoints: ReadonlyMap<string, string>
  /** With limiters that are loaded: an import takes turns of the event loop, in which time would leap. */
  limits: TaskLimits | undefined
  clock: ManualClock
  /** When time leaps to the next callback: also while the generator works, or only while nothing does. */
  leaps: 'always' | 'while-idle'
  backoff: BackoffPolicy
  logger: TaskLogger
}

/** The place of one task: servers that follow each other, over one memory store, and a clock that leaps. */
export interface Stage {
  /** Creates the task and plays it to its end. */
  play(owner: Principal, input: NewTaskInput): Promise<MemoryRow>
  /** Has the running attempt aborted. Rejects if its process is dead, so that nothing more runs there. */
  abort(reason: PlayedAbort, signal: AbortSignal): Promise<void>
  /** Lets time leap during a wait. */
  asleep(wait: () => Promise<void>): Promise<void>
}

export function openStage(options: StageOptions): Stage {
  const { definition, generator, checkpoints, limits, clock, leaps, backoff, logger } = options
  const time = toClock(clock)
  const memory = createMemory({ now: clock.now })
  const news = createDoorbell()
  /** Epochs of processes that are dead: their heartbeats do not arrive. */
  const dead = new Set<number>()
  let ids = 0
  /** What works, so that time stands still: attempts, and a server that stops. */
  let working = 0
  /** Attempts that wait for time to pass. */
  let sleepers = 0

  /** Puts the checkpoints into the new task before a worker sees it. */
  const store: TaskStore = {
    ...memory.store,
    async create(input) {
      const created = await memory.store.create(input)
      for (const [step, output] of checkpoints) theRow().checkpoints.set(step, output)
      return created
    },
    beat: (lease, input) => (dead.has(lease.epoch) ? new Promise(() => {}) : memory.store.beat(lease, input)),
  }
  let server = openServer()

  function theRow(): MemoryRow {
    const [row] = memory.rows.values()
    if (row) return row
    throw new Error('The task of the run is gone.')
  }

  function openServer(): TaskServer {
    return assembleTaskServer(
      {
        catalog: { [TASK_TYPE]: definition },
        store,
        queue: createScriptedQueue(createMemoryQueue({ clock: time }), { startDelayOf: () => 0 }),
        authenticate: () => null,
        generators: { [TASK_TYPE]: generator },
        limits,
        timings: TIMINGS,
        backoff,
        logger,
      },
      {
        clock: time,
        telemetry: { ...NO_TELEMETRY, attempt: (_task, run) => busy(() => run(() => {})) },
        createId: () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`,
        drawPauseMs: () => 1_000,
        amendEstimates: (estimates) => estimates,
      },
    )
  }

  async function busy<T>(work: () => Promise<T>): Promise<T> {
    working += 1
    try {
      return await work()
    } finally {
      working -= 1
      news.ring()
    }
  }

  async function asleep(wait: () => Promise<void>): Promise<void> {
    sleepers += 1
    news.ring()
    try {
      await wait()
    } finally {
      sleepers -= 1
    }
  }

  /** The process ends, and another begins. */
  async function restart(): Promise<void> {
    await server.stop()
    server = openServer()
    await server.start()
  }

  function isOver(): boolean {
    return working === 0 && isTerminal(theRow().status)
  }

  return {
    async play(owner, input) {
      await server.start()
      await server.tasks.create(owner, input, { traceId: TRACE_ID })
      for (;;) {
        await clock.advance(0)
        if (isOver()) return theRow()
        if (leaps === 'while-idle' && working > sleepers) await news.rung()
        else await clock.advance(clock.dueInMs())
      }
    },

    async abort(reason, signal) {
      switch (reason) {
        case 'cancelled': {
          const { taskId, tenantId, userId } = theRow().input
          await memory.store.cancel(taskId, { reach: 'own', tenantId, userId, brandIds: '*' })
          return whenAborted(signal)
        }
        case 'task_timed_out':
          return asleep(() => whenAborted(signal))
        case 'shutdown':
          void busy(restart)
          return whenAborted(signal)
        case 'ownership_lost':
          dead.add(theRow().epoch)
          await asleep(() => whenAborted(signal))
          throw new AttemptAborted(reason)
      }
    },

    asleep,
  }
}

async function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
