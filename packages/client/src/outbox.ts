import {
  createLogger,
  type CreateOptions,
  type CreateTask,
  createTraceId,
  describeError,
  guardLogger,
  isTaskError,
  type TaskError,
  type TaskErrorCode,
  type TaskJson,
  type TaskLogger,
  type TaskWire,
  withHandled,
} from '@brandkit/core'
import { createListeners, type Listeners } from './create-listeners.js'
import { createOutboxStorage, type OutboxEntry } from './outbox-storage.js'
import { createAlone } from './tabs/create-alone.js'
import type { StorageLike } from './user-storage.js'

export interface OutboxOptions {
  wire: Pick<TaskWire, 'create'>
  /** Whose creates these are. `null`: nobody is signed in, so nothing is stored. */
  userId: string | null
  /** Called with every task that came out of it, also one that an earlier page asked for. */
  onCreated?: ((task: TaskJson) => void) | undefined
  /** Default: the page's localStorage, if it has one that can be used. */
  storage?: StorageLike | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

/** A create that may or may not have arrived. */
export interface UnsentTask {
  /** The Idempotency-Key: sent again under it, it creates nothing twice. */
  readonly key: string
  readonly input: CreateTask
  /** When it was asked for, in milliseconds since the epoch. */
  readonly at: number
  /** `sending`: a request is under way. `waiting`: for the network. `old`: too old to be sent without being asked. */
  readonly state: 'sending' | 'waiting' | 'old'
}

/**
 * Keeps every create until there is a definite answer, so that neither a lost reply nor a closed page loses a task or
 * makes two of it. What it keeps is sent again by `flush`, and shown as "not sent yet" meanwhile.
 */
export interface Outbox {
  /** Stores, sends, and forgets on any definite answer. Rejects as the wire does; after a `network_error` it keeps. */
  create(input: CreateTask, options?: CreateOptions): Promise<TaskJson>
  /** Oldest first; the same array until something has changed. */
  entries(): readonly UnsentTask[]
  readonly subscribe: Listeners['subscribe']
  /** Sends what waits, one after another, except what is old: the network is back, or the page has been opened. */
  flush(): Promise<void>
  /** Sends one, however old it is. Rejects as the wire does. */
  sendAgain(key: string): Promise<TaskJson>
  /** Forgets one. A task that it has made already stays. */
  discard(key: string): void
  /** Deletes what other users of this browser left. */
  forgetOthers(): void
  /** Begins to read again what other tabs change in what is stored. Returns the function that stops it. */
  start(): () => void
}

/** After this it is offered instead of sent: the user may have done it by other means. Servers keep keys for longer. */
const OLD_MS = 24 * 60 * 60_000

/** Answers that leave open whether the task was created. Every other one is definite. */
const UNCERTAIN: ReadonlySet<string> = new Set<TaskErrorCode>([
  'network_error',
  'invalid_response',
  'internal_error',
  'store_unavailable',
  'shutting_down',
])

/** Makes an outbox. Sends nothing by itself. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { wire, userId, onCreated, now = Date.now } = options
  const logger = guardLogger(options.logger ?? createLogger({ level: 'warn' })).scope('TaskService')
  const stored = createOutboxStorage({ userId, storage: options.storage, logger })
  const create = createAlone(`brandkit:outbox:${userId}`, async (input, request) => wire.create(input, request))
  const { tell, subscribe } = createListeners()
  const sending = new Map<string, Promise<TaskJson>>()
  let shown: readonly UnsentTask[] | undefined

  function changed(): void {
    shown = undefined
    tell()
  }

  async function send({ key, input, traceId, isAgain, signal }: Sending): Promise<TaskJson> {
    try {
      const task = await create(input, { idempotencyKey: key, traceId, signal })
      stored.remove(key)
      onCreated?.(task)
      return task
    } catch (error) {
      // A caller that aborts does not want it any more.
      if (!isTaskError(error) || !isKept(error, isAgain)) stored.remove(key)
      throw error
    } finally {
      sending.delete(key)
      changed()
    }
  }

  /** At most one request for each entry at a time. */
  async function sendOnce(entry: Sending): Promise<TaskJson> {
    const pending = sending.get(entry.key) ?? send(entry)
    sending.set(entry.key, pending)
    changed()
    return pending
  }

  function toUnsent({ key, input, at }: OutboxEntry): UnsentTask {
    if (sending.has(key)) return { key, input, at, state: 'sending' }
    return { key, input, at, state: Math.abs(now() - at) > OLD_MS ? 'old' : 'waiting' }
  }

  return withHandled<Outbox>({
    async create(input, { idempotencyKey = createTraceId(), traceId = createTraceId(), signal } = {}) {
      const entry = { key: idempotencyKey, input, at: now(), traceId }
      stored.add(entry)
      return sendOnce({ ...entry, signal })
    },

    entries() {
      shown ??= stored.all().map(toUnsent)
      return shown
    },

    subscribe,

    async flush() {
      // Days may have passed since the entries were last read.
      changed()
      for (const entry of stored.all()) {
        if (toUnsent(entry).state !== 'waiting') continue
        try {
          await sendOnce({ ...entry, isAgain: true })
        } catch (error) {
          logger.warn('A task could not be sent again', { traceId: entry.traceId, error: describeError(error) })
          // The others would fail in the same way, and each would wait for its time-out.
          if (isTaskError(error) && isKept(error, true)) return
        }
      }
    },

    async sendAgain(key) {
      const entry = stored.all().find((candidate) => candidate.key === key)
      if (!entry) throw new RangeError(`Nothing is kept under the key ${key}.`)
      return sendOnce({ ...entry, isAgain: true })
    },

    discard(key) {
      stored.remove(key)
      changed()
    },
    forgetOthers: () => stored.forgetOthers(),
    start: () => stored.subscribe(changed),
  })
}

interface Sending extends OutboxEntry {
  /** The caller that asked for it was told of an error already, and relies on this entry being sent. */
  readonly isAgain?: boolean
  readonly signal?: AbortSignal | undefined
}

/** Whether what was answered leaves a create to be sent again. */
function isKept({ code, retryable }: TaskError, isAgain = false): boolean {
  return UNCERTAIN.has(code) || (isAgain && (retryable || code === 'unauthenticated'))
}
