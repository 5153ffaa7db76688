import { setTimeout as wait } from 'node:timers/promises'
import { createTaskClient } from '../contenders/task-client.ts'
import { quantile } from '../report/summarise.ts'

export interface Load {
  /** Addresses of the API, one a process. Clients take turns with them. */
  urls: readonly string[]
  /** Tasks to create. Fewer are, when `seconds` are over. */
  tasks: number
  /** Longest time of creating, in seconds. Open tasks are then followed to their end. */
  seconds: number
  /** Clients that create at the same time, each waiting for its answer. */
  connections: number
  /** Creators wait while this many tasks are open, so that the benchmark measures throughput instead of a growing backlog. */
  mostOpen: number
  /** Milliseconds before each report of progress. */
  pauseMs: number
  /** Number of the first task; the others follow. */
  firstNumber?: number
}

export interface Loaded {
  /** Acknowledged tasks: the number that went in, by the id that came back. */
  acknowledged: Map<string, number>
  seconds: number
  perSecond: number
  /** From the answer to the create until a reader saw the end, in milliseconds. */
  lifeMs: { p50: number; p99: number }
  /** Tasks that were seen completed in each second. */
  completedBySecond: number[]
}

type TaskClient = ReturnType<typeof createTaskClient>

/** Most ids in one request, as all APIs here have it. */
const BATCH = 100
/** How long the reader pauses between two rounds, in milliseconds. */
const POLL_MS = 50
/** Longest time for the open tasks to end, in milliseconds. */
const PATIENCE_MS = 60_000

/**
 * Creates tasks over HTTP and reads their statuses, 100 ids a request, until the last one is seen completed: the whole
 * life of a task, as its clients see it.
 */
export async function loadTasks({
  urls,
  tasks,
  seconds,
  connections,
  mostOpen,
  pauseMs,
  firstNumber = 0,
}: Load): Promise<Loaded> {
  const creating = urls.map((url) => createTaskClient({ url, connections: Math.ceil(connections / urls.length) }))
  const reading = createTaskClient({ url: urls[0] ?? '', connections: 1 })
  const acknowledged = new Map<string, number>()
  const open = new Map<string, number>()
  const lives: number[] = []
  const completedBySecond: number[] = []
  const started = performance.now()
  const elapsedMs = () => performance.now() - started
  const left = { tasks, creators: connections }
  /** Creators that wait for open tasks to end. */
  let held: (() => void)[] = []

  async function createTasks(client: TaskClient): Promise<void> {
    try {
      while (left.tasks > 0 && elapsedMs() < seconds * 1_000) {
        if (open.size >= mostOpen) await new Promise<void>((resolve) => held.push(resolve))
        else await createOne(client)
      }
    } finally {
      left.creators--
    }
  }

  async function createOne(client: TaskClient): Promise<void> {
    const number = firstNumber + tasks - left.tasks
    left.tasks--
    const taskId = await client.create({ number, pauseMs })
    acknowledged.set(taskId, number)
    open.set(taskId, performance.now())
  }

  async function readBatch(taskIds: string[]): Promise<void> {
    for (const { taskId, status } of await reading.read(taskIds)) {
      if (status === 'failed' || status === 'cancelled') throw new Error(`Task ${taskId} ended ${status}.`)
      if (status !== 'completed') continue
      lives.push(performance.now() - (open.get(taskId) ?? NaN))
      open.delete(taskId)
      const second = Math.floor(elapsedMs() / 1_000)
      completedBySecond[second] = (completedBySecond[second] ?? 0) + 1
    }
    const waiting = held
    held = []
    for (const resume of waiting) resume()
  }

  async function readTasks(): Promise<void> {
    while (left.creators > 0 || open.size > 0) {
      if (elapsedMs() > seconds * 1_000 + PATIENCE_MS) throw new Error(`${open.size} tasks have not ended in time.`)
      const taskIds = [...open.keys()]
      for (let at = 0; at < taskIds.length; at += BATCH) await readBatch(taskIds.slice(at, at + BATCH))
      if (left.creators > 0 || open.size > 0) await wait(POLL_MS)
    }
  }

  try {
    const creators = Array.from({ length: connections }, (_, at) => creating[at % creating.length] ?? reading)
    await Promise.all([readTasks(), ...creators.map(createTasks)])
  } finally {
    await Promise.all([...creating, reading].map((client) => client.close()))
  }
  const took = elapsedMs() / 1_000
  lives.sort((a, b) => a - b)
  return {
    acknowledged,
    seconds: took,
    perSecond: lives.length / took,
    lifeMs: { p50: quantile(lives, 0.5), p99: quantile(lives, 0.99) },
    completedBySecond: Array.from(completedBySecond, (count) => count ?? 0),
  }
}
