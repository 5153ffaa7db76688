import type { TaskLogger, TaskPriority } from '@brandkit/core'
import type { TaskStore } from '../store/task-store.js'

/**
 * Delivers tasks to workers. A delivery is a hint, so losing, repeating or reordering one is harmless: the store's alarm
 * replaces lost deliveries. The engine handles order, priority and delay; its capabilities say what it supports.
 */
export interface QueueBackend {
  readonly name: string
  readonly capabilities: QueueCapabilities

  /** Connects, after the store has been opened. May be called again after a failure, which must leave nothing open. */
  open(context: QueueContext): Promise<void>
  /** Stops consuming, lets deliveries in hand finish, disconnects. */
  close(): Promise<void>

  /** Publishes all deliveries; resolves when the engine has them. */
  enqueue(deliveries: readonly Delivery[]): Promise<void>

  /**
   * Forgets a hint of this process that has not been delivered; see `isHint`. Returns without waiting. An engine without this
   * method delivers the hint, and the claim of its task fails.
   */
  withdraw?(taskId: string): void

  /** Pull backends: hands messages to the consumer as long as it has room. Resolves once consuming. */
  consume?(consumer: DeliveryConsumer): Promise<void>

  /**
   * Push backends: verifies a delivery to `action=process` and returns its request (still unchecked input).
   *
   * @throws TaskError `unauthenticated` when the signature is missing or wrong
   */
  receive?(delivery: PushDelivery): Promise<object>

  /** How many due messages wait in the engine, if it can tell. Delayed messages do not count. */
  depth?(): Promise<number>

  /** Rejects while the engine would refuse messages. `health` calls this method, or `depth` if it is missing. */
  ping?(): Promise<void>
}

export interface QueueCapabilities {
  /** `pull`: workers ask the engine. `push`: the engine calls `action=process`. */
  mode: 'pull' | 'push'
  /** Whether a higher priority overtakes. */
  priority: boolean
  /** Longest delay that the engine can hold, in milliseconds; for longer delays the alarm delivers. */
  maxDelayMs: number
  /** Whether messages survive the end of the process. */
  durable: boolean
  /**
   * Whether a worker may start a task that its own process creates without a message. Only for pull backends, which must tell
   * the worker of each `look`. Default false.
   */
  localStart?: boolean
  /** Push backends: how to answer a delivery that would fail each time. Default: the error's own status. */
  refusal?: { status: number; headers: Record<string, string> }
}

export interface QueueContext {
  store: TaskStore
  logger: TaskLogger
}

export interface Delivery {
  taskId: string
  /** A greater number comes sooner: the task's rank (0 to 2) plus one for each ring of its alarm. */
  priority: number
  /** Not before this many milliseconds from now. */
  delayMs: number
  /**
   * Whether this process keeps the task in its local line and starts it without the message, so that an engine need not wake
   * the consumers of this process. Default false.
   */
  isHint?: boolean
}

/** A push as it arrived, because signatures cover the raw body. */
export interface PushDelivery {
  body: string
  headers: Headers
}

export interface DeliveryConsumer {
  /** How many more tasks the worker can run now. */
  free(): number
  /** Resolves as soon as there is room for at least one. The engine then has the turn: call `look`. */
  whenFree(): Promise<void>
  /** Begins a look into the engine, which keeps room for at most `limit` messages. */
  look(limit: number): Look
  /**
   * Takes up room synchronously, before its first await, so that `free()` is correct right after the call. Resolves when the
   * claim has been decided: then the message may be acknowledged.
   *
   * @param priority of the message, if the engine tells: it shows whether an alarm has rung since the task was created
   */
  deliver(taskId: string, priority?: number): Promise<void>
}

/** One question to the engine. Tasks of the worker's own process cannot take its room meanwhile. */
export interface Look {
  /** How many messages the worker has room for; fewer after the worker was stopped. */
  room(): number
  /** Ends the look after its messages were delivered: room that is left goes to other tasks. */
  end(found: LookOutcome): void
}

interface LookOutcome {
  /** `more`: the engine gave as many messages as it was asked for, so others may wait behind them. */
  engine: 'more' | 'empty'
  messages: number
  /** The lowest priority among the messages, if the engine tells. Waiting messages have no greater one. */
  lowestPriority?: number | undefined
}

/** The priority of a task's delivery. Each ring of the alarm raises it by one, so that every task runs at last. */
export function deliveryPriority(priority: TaskPriority, rings: number): number {
  return { low: 0, normal: 1, high: 2 }[priority] + rings
}
