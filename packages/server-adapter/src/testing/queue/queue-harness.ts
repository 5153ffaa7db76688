import { afterEach, beforeEach } from 'vitest'
import type { Delivery, DeliveryConsumer, QueueBackend, QueueContext } from '../../queue/queue-backend.js'

export interface QueueUnderTest {
  /** Makes a backend, without I/O. All backends share one engine if the engine can be shared. */
  create: () => QueueBackend
  /** Called before each test: empties the engine and returns an open store for the queue. */
  prepare: () => Promise<QueueContext>
}

type PullBackend = QueueBackend & { consume(consumer: DeliveryConsumer): Promise<void> }
export type OpenBackend = () => Promise<PullBackend>

/** Only a failing condition takes this long, even on a busy machine. */
export const PATIENCE = { timeout: 40_000, interval: 10 }

/** Opens backends for the tests of the enclosing `describe`, and closes them after each test. */
export function useQueueHarness({ create, prepare }: QueueUnderTest): { openBackend: OpenBackend } {
  let context: QueueContext
  let backends: QueueBackend[]

  beforeEach(async () => {
    context = await prepare()
    backends = []
  })

  afterEach(async () => {
    await Promise.all(backends.map((backend) => backend.close()))
  })

  return {
    async openBackend() {
      const backend = create()
      await backend.open(context)
      backends.push(backend)
      if (!canPull(backend)) throw new Error(`${backend.name} has no consume().`)
      return backend
    },
  }
}

function canPull(backend: QueueBackend): backend is PullBackend {
  return backend.consume !== undefined
}

/** The ids `task-0000`, `task-0001`, … in alphabetical order. */
export function idsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `task-${String(index).padStart(4, '0')}`)
}

export function deliveriesOf(taskIds: readonly string[]): Delivery[] {
  return taskIds.map((taskId) => ({ taskId, priority: 1, delayMs: 0 }))
}
