import { describeError, type GetHealthResponse, type TaskLogger, type WorkerStatus } from '@brandkit/core'
import type { QueueBackend } from '../../queue/queue-backend.js'
import type { TaskStore } from '../../store/task-store.js'
import type { ServerConnection } from './server-connection.js'
import { createProbe, type ProbeAnswer } from './probe.js'

/** Reads the health of this process, its store and its queue. Never rejects, and takes about two seconds at most. */
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

/** The store is asked at most once in this many milliseconds, however many health checks come. */
const STORE_FRESH_MS = 1_000

/** The same limit for the queue: longer, because reading the depth costs more than a ping, and a late report is harmless. */
const QUEUE_FRESH_MS = 5_000

/** The shortest time between attempts to connect for health checks, in milliseconds: connecting checks the migrations. */
const CONNECT_FRESH_MS = 5_000

/** An id that no task has. Looking for it is the cheapest call that a store without `ping` offers. */
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
    // A queue with neither `ping` nor `depth` counts as up.
    ask: async () => (queue.ping ? queue.ping() : queue.depth?.()),
    freshMs: QUEUE_FRESH_MS,
    limitMs: LIMIT_MS,
  })
  let parts: Omit<GetHealthResponse['parts'], 'worker'> = { store: 'ok', queue: 'ok' }

  function note(part: 'store' | 'queue', answer: ProbeAnswer): void {
    const now = answer.answers ? 'ok' : 'down'
    if (now === parts[part]) return
    // Only changes are logged, because load balancers ask every few seconds.
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
    // The queue opens after the store, so it is also down when the store is.
    note('queue', answer)
    // A server that never connected is down. A connected server that loses its queue is only degraded.
    return { status: 'down', parts: { ...parts, worker: worker() } }
  }

  return async () => {
    if (worker() === 'stopping') return stopping()
    const absent = await unconnected()
    if (absent) return absent
    const [storeAnswer, queueAnswer] = await Promise.all([askStore(), askQueue()])
    // The server stopped meanwhile and closed its connections; that is not a failure.
    if (worker() === 'stopping') return stopping()
    note('store', storeAnswer)
    note('queue', queueAnswer)
    const now = { ...parts, worker: worker() }
    return { status: statusOf(now), parts: now }
  }
}

function statusOf({ store, queue, worker }: GetHealthResponse['parts']): GetHealthResponse['status'] {
  if (store === 'down' || worker === 'stopping') return 'down'
  // The server still stores new tasks. Their alarms deliver them when the queue or the worker is back.
  if (queue === 'down' || worker === 'down') return 'degraded'
  return 'ok'
}
