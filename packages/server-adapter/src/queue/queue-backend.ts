import type { TaskLogger, TaskPriority } from '@brandkit/core'
import type { TaskStore } from '../store/task-store.js'

/**
 * Delivers tasks to workers. A delivery is a hint, so losing, repeating or reordering one is harmless; the store's
 * alarm makes up for what gets lost. Order, priority and delay are the engine's work; what it cannot do stands in its
 * capabilities.
 */
export interface QueueBackend {
  readonly name: string
  readonly capabilities: QueueCapabilities

  /** Connects, after the store has been opened. Called again after a failure, which leaves nothing behind. */
  open(context: QueueContext): Promise<void>
  /** Stops consuming, lets deliveries in hand finish, disconnects. */
  close(): Promise<void>

  /** Publishes all of them; resolves when the engine has them. */
  enqueue(deliveries: readonly Delivery[]): Promise<void>

  /** Pull backends: hands messages to the consumer as long as it has room. Resolves once consuming. */
  consume?(consumer: DeliveryConsumer): Promise<void>

  /**
   * Push backends: verifies a delivery to `action=process` and says what it asks for (still unchecked input).
   *
   * @throws TaskError `unauthenticated` when the signature is missing or wrong
   */
  receive?(delivery: PushDelivery): Promise<object>

  /** How many messages are due and still wait in the engine, where it can tell. Delayed ones do not count. */
  depth?(): Promise<number>

  /** Rejects while the engine would refuse to take messages. Health asks it; without it, health asks for the depth. */
  ping?(): Promise<void>
}

export interface QueueCapabilities {
  /** `pull`: workers ask the engine. `push`: the engine calls `action=process`. */
  mode: 'pull' | 'push'
  /** Whether a higher priority overtakes. */
  priority: boolean
  /** Longest delay that the engine can hold, in milliseconds; longer ones are left to the alarm. */
  maxDelayMs: number
  /** Whether messages survive the end of the process. */
  durable: boolean
  /** Push backends: how to answer a delivery that no repetition can mend. Default: the error's own status. */
  refusal?: { status: number; headers: Record<string, string> }
}

export interface QueueContext {
  store: TaskStore
  logger: TaskLogger
}

export interface Delivery {
  taskId: string
  /** Greater is sooner: the task's rank (0 to 2) plus one for each ring of its alarm. */
  priority: number
  /** Not before this many milliseconds from now. */
  delayMs: number
}

/** A push as it came in: signatures are made over the raw body. */
export interface PushDelivery {
  body: string
  headers: Headers
}

export interface DeliveryConsumer {
  /** How many more tasks the worker can run now. */
  free(): number
  /** Resolves as soon as there is room for at least one. */
  whenFree(): Promise<void>
  /**
   * Takes up room at once, before its first await, so that `free()` may be asked again right after the call. Resolves
   * when the claim has been decided: the message has done its duty and may be acknowledged.
   */
  deliver(taskId: string): Promise<void>
}

/** What a task's delivery weighs. Each ring of the alarm lifts it by one, so that nothing starves. */
export function deliveryPriority(priority: TaskPriority, rings: number): number {
  return { low: 0, normal: 1, high: 2 }[priority] + rings
}
