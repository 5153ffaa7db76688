import { describeError, type GetHealthResponse, type TaskLogger, type WorkerStatus } from '@brandkit/core'
import type { QueueBackend } from '../../queue/queue-backend.js'
import type { TaskStore } from '../../store/task-store.js'
import type { ServerConnection } from './server-connection.js'
import { createProbe, type ProbeAnswer } from './probe.js'

/** How things stand with this process and what it needs. Never rejects, and takes about two seconds at most. */
export type ReadHealth = () => Promise<GetHealthResponse>

interface HealthOptions {
  store: TaskStore
  queue: QueueBackend
  connection: ServerConnection
  worker: () => WorkerStatus
  logger: TaskLogger
}

/** How long a part may take to answer, in milliseconds. */
const LIMIT_MS = 2_000

/** A flood of checks asks the store once in this many milliseconds. */
const STORE_FRESH_MS = 1_000

/** The depth of a queue costs an engine more than a ping, and a late message does no harm. */
const QUEUE_FRESH_MS = 5_000

/** A failed connection is tried again no sooner for health alone, because connecting looks at the migrations. */
const CONNECT_FRESH_MS = 5_000

/** The id of no task: looking for it is the cheapest question that a store without `ping` must answer. */
const NO_TASK = 'health'

export function createHealth({ store, queue, connection, worker, logger }: HealthOptions): ReadHealth {
  const connect = createProbe({ ask: () => connection.open(), freshMs: CONNECT_FRESH_MS, limitMs: LIMIT_MS })
  const askStore = createProbe({
    ask: async () =>
      store.ping ? store.ping() : store.find([NO_TASK], { reach: 'tenant', tenantId: NO_TASK }, { without: 'payload' }),
    freshMs: STORE_FRESH_MS,
    limitMs: LIMIT_MS,
  })
  const askQueue = createProbe({
    // One that cannot be asked has not said that it is down.
    ask: async () => (queue.ping ? queue.ping() : queue.depth?.()),
    freshMs: QUEUE_FRESH_MS,
    limitMs: LIMIT_MS,
  })
  let parts: Omit<GetHealthResponse['parts'], 'worker'> = { store: 'ok', queue: 'ok' }

  function note(part: 'store' | 'queue', answer: ProbeAnswer): void {
    const now = answer.answers ? 'ok' : 'down'
    if (now === parts[part]) return
    // Once for each change: a load balancer asks every few seconds.
    if (answer.answers) logger.info(`The ${part} answers again`)
    else logger.warn(`The ${part} does not answer`, { reason: describeError(answer.reason) })
    parts = { ...parts, [part]: now }
  }

  function stopping(): GetHealthResponse {
    return { status: 'down', parts: { ...parts, worker: 'stopping' } }
  }

  async function unconnected(): Promise<GetHealthResponse | null> {
    if (connection.missing() === null) return null
    const answer = await connect()
    if (answer.answers) return null
    note('store', connection.missing() === 'store' ? answer : { answers: true })
    // Nothing can be asked of it before the store is open.
    note('queue', answer)
    // Unlike a server that has lost its queue, this one serves nobody yet.
    return { status: 'down', parts: { ...parts, worker: worker() } }
  }

  return async () => {
    if (worker() === 'stopping') return stopping()
    const absent = await unconnected()
    if (absent) return absent
    const [storeAnswer, queueAnswer] = await Promise.all([askStore(), askQueue()])
    // Stopped meanwhile: what is closed on purpose is no failure.
    if (worker() === 'stopping') return stopping()
    note('store', storeAnswer)
    note('queue', queueAnswer)
    const now = { ...parts, worker: worker() }
    return { status: statusOf(now), parts: now }
  }
}

function statusOf({ store, queue, worker }: GetHealthResponse['parts']): GetHealthResponse['status'] {
  if (store === 'down' || worker === 'stopping') return 'down'
  // Tasks are taken and kept: their alarms ring once the queue, or a worker, is there again.
  if (queue === 'down' || worker === 'down') return 'degraded'
  return 'ok'
}
