import {
  createLogger,
  type CreateOptions,
  type CreateTask,
  createTraceId,
  describeError,
  guardLogger,
  isJsonObject,
  isTaskError,
  type TaskError,
  type TaskErrorCode,
  type TaskJson,
  type TaskLogger,
  type TaskWire,
  withHandled,
} from '@brandkit/core'
import { createListeners, type Listeners } from './create-listeners.js'
import { guarded } from './guarded.js'
import { createOutboxStorage, type OutboxEntry, type Refusal } from './outbox-storage.js'
import { createAlone } from './tabs/create-alone.js'
import type { StorageLike } from './user-storage.js'

export interface OutboxOptions {
  wire: Pick<TaskWire, 'create'>
  /** The user who creates. `null` before sign-in, when nothing is stored. */
  userId: string | null
  /** Called with every created task, also for creates of an earlier page. */
  onCreated?: ((task: TaskJson) => void) | undefined
  /** Called when the server refuses a create that was kept, or whose caller is not there any more. Its entry stays, as `refused`. */
  onRefused?: ((unsent: UnsentTask) => void) | undefined
  /** Default: the page's localStorage, if it is usable. */
  storage?: StorageLike | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

/** A create without a definite answer. */
export interface UnsentTask {
  /** The idempotency key. Sending again under the same key creates no second task. */
  readonly key: string
  readonly input: CreateTask
  /** When the user asked for the task, in milliseconds since the epoch. */
  readonly at: number
  /** The trace id that the task will have. */
  readonly traceId: string
  /**
   * `sending`: a request is in flight. `waiting`: for the network. `old`: too old to send without asking the user. `refused`:
   * the server does not take it, which the user must be told, because the create had counted as kept.
   */
  readonly state: 'sending' | 'waiting' | 'old' | 'refused'
  /** Why the server has refused it at the last time. Still there while it is sent again. */
  readonly refusal?: Refusal | undefined
}

export interface OutboxCreateOptions extends CreateOptions {
  /** Whether the caller can still tell the user of a refusal, asked when it comes. Default: it can. */
  isHeard?: (() => boolean) | undefined
}

/**
 * Keeps every create until it has a definite answer: a lost reply or a closed page neither loses nor duplicates the
 * task. `flush` sends the entries again; until then the panel shows "not sent yet".
 */
export interface Outbox {
  /**
   * Stores the create, sends it, and removes it after a definite answer. Rejects as the wire does; keeps the entry
   * after an error that leaves open whether the task exists, and after `unauthenticated`.
   *
   * A create without an `idempotencyKey` that equals an unsent one is that one: it gets the same task.
   */
  create(input: CreateTask, options?: OutboxCreateOptions): Promise<TaskJson>
  /** Oldest first. Returns the same array until something changes. */
  entries(): readonly UnsentTask[]
  /** The unsent create with an equal input, in flight or waiting. Users decide about old and refused ones, so these are no match. */
  find(input: CreateTask): UnsentTask | undefined
  readonly subscribe: Listeners['subscribe']
  /** Sends the waiting entries one by one, except old ones. Call it when the network is back or the page opens. */
  flush(): Promise<void>
  /** Sends one entry, however old it is, or although it was refused. Rejects as the wire does. */
  sendAgain(key: string): Promise<TaskJson>
  /** Removes one entry. A task that was created already stays. */
  discard(key: string): void
  /** Deletes the entries that other users of this browser have stored. */
  forgetOthers(): void
  /** Starts to follow the changes of other tabs in storage. Returns the function that stops it. */
  start(): () => void
}

/**
 * Entries older than this are offered instead of sent, because the user may have found another way. Servers keep keys
 * for longer.
 */
const OLD_MS = 24 * 60 * 60_000

/** Errors that leave open whether the task was created, and the one that a sign-in mends. All others are definite. */
const KEPT: ReadonlySet<string> = new Set<TaskErrorCode>([
  'unauthenticated',
  'network_error',
  'invalid_response',
  'internal_error',
  'store_unavailable',
  'shutting_down',
])

/** Creates an outbox. It sends nothing by itself. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { wire, userId, onCreated, onRefused, now = Date.now } = options
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

  async function send({ again, signal, isHeard, ...entry }: Sending): Promise<TaskJson> {
    const { key, input, traceId } = entry
    try {
      const task = await create(input, { idempotencyKey: key, traceId, signal })
      stored.remove(key)
      shown = undefined
      onCreated?.(task)
      return task
    } catch (error) {
      const isProblem = isTaskError(error)
      if (isProblem && isKept(error, again !== undefined)) throw error
      // A caller that aborts does not want the task any more.
      const wasThere = stored.remove(key)
      // Otherwise it was discarded meanwhile, or the user has signed out, and nothing may be stored again.
      const isUnheard = again === 'alone' || (again === undefined && isHeard?.() === false)
      if (isProblem && isUnheard && wasThere) {
        const { code, message } = error
        const refused = { ...entry, refusal: { code, message } }
        stored.add(refused)
        onRefused?.({ ...refused, state: 'refused' })
      }
      throw error
    } finally {
      sending.delete(key)
      changed()
    }
  }

  /** At most one request per entry at a time. */
  async function sendOnce(entry: Sending): Promise<TaskJson> {
    const pending = sending.get(entry.key) ?? send(entry)
    sending.set(entry.key, pending)
    changed()
    return pending
  }

  function stateOf({ key, at, refusal }: OutboxEntry): UnsentTask['state'] {
    if (sending.has(key)) return 'sending'
    if (refusal) return 'refused'
    return Math.abs(now() - at) > OLD_MS ? 'old' : 'waiting'
  }
  const toUnsent = (entry: OutboxEntry): UnsentTask => ({ ...entry, state: stateOf(entry) })

  function find(input: CreateTask): UnsentTask | undefined {
    const text = toText(input)
    return stored
      .all()
      .map(toUnsent)
      .find(({ state, refusal, input: other }) => state !== 'old' && !refusal && toText(other) === text)
  }

  return withHandled<Outbox>({
    async create(input, { idempotencyKey, traceId = createTraceId(), signal, isHeard } = {}) {
      const same = idempotencyKey === undefined && find(input)
      if (same) return sendOnce({ ...same, again: 'joined' })
      const entry = { key: idempotencyKey ?? createTraceId(), input, at: now(), traceId }
      stored.add(entry)
      return sendOnce({ ...entry, signal, isHeard })
    },

    entries() {
      shown ??= stored.all().map(toUnsent)
      return shown
    },

    find,
    subscribe,

    async flush() {
      // Days may have passed since the entries were last read.
      changed()
      for (const entry of stored.all()) {
        if (stateOf(entry) !== 'waiting') continue
        try {
          await sendOnce({ ...entry, again: 'alone' })
        } catch (error) {
          logger.warn('A task could not be sent again', { traceId: entry.traceId, error: describeError(error) })
          // The remaining entries would fail in the same way, each after its own time-out.
          if (isTaskError(error) && isKept(error, true)) return
        }
      }
    },

    async sendAgain(key) {
      const entry = stored.all().find((candidate) => candidate.key === key)
      if (!entry) throw new RangeError(`Nothing is kept under the key ${key}.`)
      return sendOnce({ ...entry, again: 'alone' })
    },

    discard(key) {
      if (stored.remove(key)) changed()
    },
    forgetOthers: () => stored.forgetOthers(),
    start: () => stored.subscribe(changed),
  })
}

interface Sending extends OutboxEntry {
  /**
   * The entry's caller got an error already, and now relies on the outbox to send it. `joined`: another caller tells the
   * user of the answer. `alone`: no caller does, so the entry must show a refusal.
   */
  readonly again?: 'joined' | 'alone'
  readonly signal?: AbortSignal | undefined
  readonly isHeard?: (() => boolean) | undefined
}

/** Whether the entry must be kept and sent again after this error. A budget lasts too long to wait for without a word. */
function isKept({ code, retryable }: TaskError, isAgain: boolean): boolean {
  return KEPT.has(code) || (isAgain && retryable && code !== 'budget_exhausted')
}

/** One text for all equal inputs, whatever the order of their keys; undefined if JSON cannot express the input. */
function toText(input: CreateTask): string | undefined {
  return guarded(() =>
    JSON.stringify(input, (_key, value: unknown) =>
      isJsonObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
    ),
  )
}
