import type { DeliveryConsumer } from '../../queue/queue-backend.js'

export interface RecordingConsumerOptions {
  /** How many tasks it can run at a time. Default 10. */
  room?: number
  /** Replaces the claim. Default: decides at once. */
  decide?: (taskId: string) => Promise<void>
  /** `decided`: a task ends as soon as it is claimed. `told`: it runs until `finish()`. Default `decided`. */
  runsUntil?: 'decided' | 'told'
}

export interface RecordingConsumer extends DeliveryConsumer {
  /** Ids in the order of their delivery. */
  readonly delivered: string[]
  /** Ids that were delivered without room for them. */
  readonly overflow: string[]
  /** Ends one running task. */
  finish(): void
}

/** A worker that only records its deliveries. */
export function createRecordingConsumer(options: RecordingConsumerOptions = {}): RecordingConsumer {
  const { room = 10, decide = async () => {}, runsUntil = 'decided' } = options
  const free = () => room - running
  const delivered: string[] = []
  const overflow: string[] = []
  let running = 0
  let waiting: (() => void)[] = []

  function finish() {
    running -= 1
    for (const resume of waiting) resume()
    waiting = []
  }

  return {
    delivered,
    overflow,
    finish,
    free,
    look: (limit) => ({ room: () => Math.min(free(), limit), end: () => {} }),
    async whenFree() {
      while (free() < 1) await new Promise<void>((resolve) => waiting.push(resolve))
    },
    async deliver(taskId) {
      if (free() < 1) overflow.push(taskId)
      running += 1
      delivered.push(taskId)
      try {
        await decide(taskId)
      } finally {
        if (runsUntil === 'decided') finish()
      }
    },
  }
}
