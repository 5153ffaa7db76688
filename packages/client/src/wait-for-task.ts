import { createBackoffPolicy, isTaskError, isTerminal, LIMITS, type TaskJson } from '@brandkit/core'
import { readTask } from './read-reply.js'
import type { Send } from './send.js'
import type { RequestOptions } from './task-service.js'
import { untilAborted } from './until-aborted.js'

/** How much longer than the server may hold an answer back we wait for it, in milliseconds. */
const PATIENCE_MS = 10_000
/** A task that reports often is still asked for once a second at most: only its end is of interest. */
const SHORTEST_MS = 1_000
/** So many failures in a row are no hiccup. */
const MOST_FAILURES = 5

interface Read {
  /** Absent: nothing has changed since. */
  task?: TaskJson
  etag: string | undefined
}

/**
 * Follows one task to its end by reads that the server holds back until there is news. Survives failures that may pass,
 * up to five in a row; rejects with the last of them, with any other TaskError, or with the reason of an aborted signal.
 */
export function createWaitForTask(send: Send) {
  const backoff = createBackoffPolicy({ baseMs: 1_000, ceilingMs: 30_000 })

  async function read(taskId: string, etag: string | undefined, signal: AbortSignal | undefined): Promise<Read> {
    return send({
      action: 'status',
      query: { taskId, wait: String(LIMITS.waitSeconds) },
      headers: etag === undefined ? undefined : { 'if-none-match': etag },
      timeoutMs: LIMITS.waitSeconds * 1_000 + PATIENCE_MS,
      signal,
      read: (reply, headers) => ({
        ...(reply !== undefined && { task: readTask(reply) }),
        etag: headers.get('etag') ?? etag,
      }),
    })
  }

  return async (taskId: string, { signal }: RequestOptions = {}): Promise<TaskJson> => {
    let etag: string | undefined
    let version = 0
    let failures = 0
    let idle = 0
    for (;;) {
      const askedAt = performance.now()
      try {
        const { task, etag: next } = await read(taskId, etag, signal)
        if (task && isTerminal(task.status)) return task
        failures = 0
        const tookMs = performance.now() - askedAt
        const isUseful = tookMs > (LIMITS.waitSeconds * 1_000) / 2 || (task !== undefined && task.version > version)
        idle = isUseful ? 0 : idle + 1
        version = task?.version ?? version
        etag = next
        // A server, or a proxy before it, that does not hold answers back is asked ever less often.
        const pause = idle === 0 ? SHORTEST_MS : backoff.boundMs(idle)
        if (tookMs < pause) await sleep(pause, signal)
      } catch (error) {
        failures += 1
        if (!isTaskError(error) || !error.retryable || failures >= MOST_FAILURES) throw error
        await sleep(Math.max(error.retryAfterMs ?? 0, backoff.delayMs(failures)), signal)
      }
    }
  }
}

async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await untilAborted(over, signal).finally(() => clearTimeout(timer))
}
