import { describeError, type TaskLogger } from '@brandkit/core'
import type { TaskStore } from '../../store/task-store.js'
import { type StreamedTask, toStreamedTask } from './streamed-task.js'

/** Between two reads of one tenant's changes at least so much time passes: intermediate versions may be skipped. */
const READ_EVERY_MS = 100
/** After a read that failed. */
const RETRY_MS = 1_000
/** Tasks in one question: results are large. */
const MOST_AT_ONCE = 100

/** Reads changed tasks once for all who watch them. */
export interface TaskReader {
  /** The task has changed. */
  want(tenantId: string, taskId: string): void
  /** A reader that could not keep up has room for these. */
  wantNow(tenantId: string, taskIds: readonly string[]): void
  stop(): void
}

interface TaskReaderOptions {
  store: Pick<TaskStore, 'find'>
  /** Tasks of one tenant, in their latest version. */
  give: (tenantId: string, tasks: readonly StreamedTask[]) => void
  logger: TaskLogger
}

/**
 * Collects what has changed while a read is under way or was made only just now, and reads it together in the next: the
 * first change is read at once, and a thousand of them cost as many questions as a hundred milliseconds do. What could
 * not be read stays wanted.
 */
export function createTaskReader({ store, give, logger }: TaskReaderOptions): TaskReader {
  let wanted = new Map<string, Set<string>>()
  let timer: NodeJS.Timeout | undefined
  let isReading = false
  let hasFailed = false
  let nextAt = 0
  /** Moves on when nobody watches any more, so that no failed read is repeated for nobody. */
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
        // Inside the server: each stream looks by its own scope at what it is given.
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
