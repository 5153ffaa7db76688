import { setTimeout as wait } from 'node:timers/promises'

export interface Load {
  /** Base address of the protocol, without a query. */
  url: string
  /** How many clients create at the same time; each waits for its answer. */
  connections: number
  /** How long the clients create tasks, in milliseconds. Open tasks are then followed to their end. */
  durationMs: number
}

export interface WholeLife {
  tasks: number
  seconds: number
  perSecond: number
  /** From the answer to the create until the end is seen, in milliseconds. */
  medianMs: number
}

/** Most ids in one status request, by the protocol. */
const BATCH = 100
/** How long the reader pauses between two rounds, in milliseconds. */
const POLL_MS = 50
/** Creators wait while this many tasks are open, so that the benchmark measures throughput instead of a growing backlog. */
const MOST_OPEN = 512
/** Longest time for the open tasks to end, in milliseconds. */
const PATIENCE_MS = 30_000

/**
 * Creates tasks over HTTP and reads their status, 100 ids per request, until every task is seen completed: the whole life of
 * a task, as its clients see it.
 */
export async function measureWholeLife({ url, connections, durationMs }: Load): Promise<WholeLife> {
  const open = new Map<string, number>()
  const lives: number[] = []
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const left = { creators: connections }

  async function createTasks(): Promise<void> {
    while (elapsed() < durationMs) {
      if (open.size < MOST_OPEN) await createOne()
      else await wait(POLL_MS)
    }
    left.creators--
  }

  async function createOne(): Promise<void> {
    const response = await fetch(`${url}?action=create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'BENCH', brandId: 'bench', payload: { number: lives.length } }),
    })
    if (response.status !== 202) throw new Error(`create answered ${response.status}: ${await response.text()}`)
    const { task } = (await response.json()) as { task: { taskId: string } }
    open.set(task.taskId, performance.now())
  }

  async function readBatch(ids: string[]): Promise<void> {
    const response = await fetch(`${url}?action=status&taskIds=${ids.join(',')}`)
    if (!response.ok) throw new Error(`status answered ${response.status}: ${await response.text()}`)
    const { tasks } = (await response.json()) as { tasks: { taskId: string; status: string }[] }
    for (const { taskId, status } of tasks) {
      if (status === 'failed' || status === 'cancelled') throw new Error(`Task ${taskId} ended ${status}.`)
      if (status !== 'completed') continue
      lives.push(performance.now() - (open.get(taskId) ?? 0))
      open.delete(taskId)
    }
  }

  async function readTasks(): Promise<void> {
    while (left.creators > 0 || open.size > 0) {
      if (elapsed() > durationMs + PATIENCE_MS) throw new Error(`${open.size} tasks have not ended in time.`)
      const ids = [...open.keys()]
      for (let at = 0; at < ids.length; at += BATCH) await readBatch(ids.slice(at, at + BATCH))
      await wait(POLL_MS)
    }
  }

  await Promise.all([readTasks(), ...Array.from({ length: connections }, createTasks)])
  const seconds = elapsed() / 1_000
  const medianMs = lives.toSorted((a, b) => a - b)[Math.floor(lives.length / 2)] ?? 0
  return { tasks: lives.length, seconds, perSecond: lives.length / seconds, medianMs }
}
