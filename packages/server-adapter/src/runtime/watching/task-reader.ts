import { describeError, type TaskLogger } from '@brandkit/core'
import type { TaskStore } from '../../store/task-store.js'
import { type StreamedTask, toStreamedTask } from './streamed-task.js'

/** The shortest time between two reads, in milliseconds. Readers may miss versions in between. */
const READ_EVERY_MS = 100
/** The pause after a failed read, in milliseconds. */
const RETRY_MS = 1_000
/** The most tasks in one read, because results are large. */
const MOST_AT_ONCE = 100

/** Reads changed tasks once for all streams that watch them. */
export interface TaskReader {
  /** Requests a read of a changed task. */
  want(tenantId: string, taskId: string): void
  /** Requests a read without the usual pause, for a slow stream that has room again. */
  wantNow(tenantId: string, taskIds: readonly string[]): void
  stop(): void
}

interface TaskReaderOptions {
  store: Pick<TaskStore, 'find'>
  /** Called with tasks of one tenant, in their latest version. */
  give: (tenantId: string, tasks: readonly StreamedTask[]) => void
  logger: TaskLogger
}

/**
 * Reads the first change at once. Collects changes during a read and for 100 ms after its start, and reads them together, so
 * that many changes cost few queries. Tasks of a failed read are read again.
 */
export function createTaskReader({ store, give, logger }: TaskReaderOptions): TaskReader {
  let wanted = new Map<string, Set<string>>()
  let timer: NodeJS.Timeout | undefined
  let isReading = false
  let hasFailed = false
  let nextAt = 0
  /** Raised by `stop`, so that a failed read is not repeated when no stream is left. */
  let round = 0

  function want(tenantId: string, taskId: string): void {
    const ofTenant = wanted.get(tenantId)
    if (ofTenant) ofTenant.add(taskId)
    else wanted.set(tenantId, new Set([taskId]))
    schedule()
  }

  function schedule(): void {
    if (isReading || timer !== undefined || wanted.size === 0) return
    timer = setTimeout(() => void readAll(), Math.max(0, nextAt - performance.now()))
  }

  async function readAll(): Promise<void> {
    timer = undefined
    isReading = true
    const taken = wanted
    const begun = round
    wanted = new Map()
    hasFailed = false
    nextAt = performance.now() + READ_EVERY_MS
    await Promise.all([...taken].map(([tenantId, taskIds]) => readTenant(tenantId, [...taskIds], begun)))
    isReading = false
    schedule()
  }

  async function readTenant(tenantId: string, taskIds: readonly string[], begun: number): Promise<void> {
    for (let at = 0; at < taskIds.length; at += MOST_AT_ONCE) {
      const some = taskIds.slice(at, at + MOST_AT_ONCE)
      try {
        // Reads with the tenant's scope; each stream filters the tasks by its own scope.
        const tasks = await store.find(some, { reach: 'tenant', tenantId }, { without: 'payload' })
        give(tenantId, tasks.map(toStreamedTask))
      } catch (error) {
        if (round !== begun) return
        logger.warn('Changed tasks could not be read for the streams and will be read again', {
          tasks: some.length,
          reason: describeError(error),
        })
        hasFailed = true
        nextAt = performance.now() + RETRY_MS
        for (const taskId of some) want(tenantId, taskId)
      }
    }
  }

  return {
    want,
    wantNow(tenantId, taskIds) {
      if (!hasFailed) {
        nextAt = 0
        clearTimeout(timer)
        timer = undefined
      }
      for (const taskId of taskIds) want(tenantId, taskId)
    },
    stop() {
      round++
      clearTimeout(timer)
      timer = undefined
      wanted = new Map()
    },
  }
}
