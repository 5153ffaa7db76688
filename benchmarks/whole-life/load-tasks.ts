import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import type { Work } from '../contenders/work.ts'
import { quantile } from '../report/summarise.ts'

export interface Load {
  /** Address of the API. */
  url: string
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
}

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
  url,
  tasks,
  seconds,
  connections,
  mostOpen,
  pauseMs,
  firstNumber = 0,
}: Load): Promise<Loaded> {
  const { origin, pathname } = new URL(url)
  const creating = new Pool(origin, { connections, pipelining: 1 })
  const reading = new Pool(origin, { connections: 1, pipelining: 1 })
  const acknowledged = new Map<string, number>()
  const open = new Map<string, number>()
  const lives: number[] = []
  const started = performance.now()
  const elapsedMs = () => performance.now() - started
  const left = { tasks, creators: connections }
  /** Creators that wait for open tasks to end. */
  let held: (() => void)[] = []

  async function createTasks(): Promise<void> {
    try {
      while (left.tasks > 0 && elapsedMs() < seconds * 1_000) {
        if (open.size >= mostOpen) await new Promise<void>((resolve) => held.push(resolve))
        else await createOne()
      }
    } finally {
      left.creators--
    }
  }

  async function createOne(): Promise<void> {
    const number = firstNumber + tasks - left.tasks
    left.tasks--
    const { statusCode, body } = await creating.request({
      method: 'POST',
      path: `${pathname}?action=create`,
      headers: { 'content-type': 'application/json', 'x-user': 'bench' },
      body: JSON.stringify({ type: 'BENCH', brandId: 'bench', payload: { number, pauseMs } satisfies Work }),
    })
    if (statusCode !== 202) throw new Error(`create answered ${statusCode}: ${await body.text()}`)
    const { task } = (await body.json()) as { task: { taskId: string } }
    acknowledged.set(task.taskId, number)
    open.set(task.taskId, performance.now())
  }

  async function readBatch(taskIds: string[]): Promise<void> {
    const { statusCode, body } = await reading.request({
      method: 'GET',
      path: `${pathname}?action=status&taskIds=${taskIds.join(',')}`,
      headers: { 'x-user': 'bench' },
    })
    if (statusCode !== 200) throw new Error(`status answered ${statusCode}: ${await body.text()}`)
    const answer = (await body.json()) as { tasks: { taskId: string; status: string }[] }
    for (const { taskId, status } of answer.tasks) {
      if (status === 'failed' || status === 'cancelled') throw new Error(`Task ${taskId} ended ${status}.`)
      if (status !== 'completed') continue
      lives.push(performance.now() - (open.get(taskId) ?? NaN))
      open.delete(taskId)
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
    await Promise.all([readTasks(), ...Array.from({ length: connections }, createTasks)])
  } finally {
    await Promise.all([creating.destroy(), reading.destroy()])
  }
  const took = elapsedMs() / 1_000
  lives.sort((a, b) => a - b)
  return {
    acknowledged,
    seconds: took,
    perSecond: lives.length / took,
    lifeMs: { p50: quantile(lives, 0.5), p99: quantile(lives, 0.99) },
  }
}
