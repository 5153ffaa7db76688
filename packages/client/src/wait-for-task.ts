import { createKnownBackoff, isTaskError, isTerminal, type RequestOptions, type TaskJson } from '@brandkit/core'
import * as LIMITS from '@brandkit/core/limits'
import { readTask } from './read-reply.js'
import type { Send } from './send.js'
import { untilAborted } from './abort-signals.js'

/** How much longer than the server's hold time we wait for an answer, in milliseconds. */
const PATIENCE_MS = 10_000
/** This many failures in a row are not temporary. */
const MOST_FAILURES = 5

interface Reading {
  /** `null`: no change since the last read. */
  task: TaskJson | null
  tag: string | null
}

/**
 * Follows one task to its end by long polling: the server holds the answer back until the task changes. Survives up to
 * five temporary failures in a row. Rejects with the last of them, with any other TaskError, or with the reason of an
 * aborted signal.
 */
export function createWaitForTask(send: Send) {
  // Tasks that report often are read at most once a second, because only the end matters. After the full hold time, the
  // next read follows at once.
  const heldMs = LIMITS.waitSeconds * 1_000
  const backoff = createKnownBackoff({ baseMs: 1_000, ceilingMs: heldMs })

  return async (taskId: string, { signal }: RequestOptions = {}): Promise<TaskJson> => {
    let etag: string | null = null
    let failures = 0
    let idle = 0

    for (;;) {
      const askedAt = performance.now()
      let pauseMs: number
      try {
        const { task, tag }: Reading = await send({
          action: 'status',
          query: { taskId, wait: LIMITS.waitSeconds },
          headers: etag === null ? undefined : { 'if-none-match': etag },
          timeoutMs: heldMs + PATIENCE_MS,
          signal,
          read: (reply, headers) => ({ task: reply === undefined ? null : readTask(reply), tag: headers.get('etag') }),
        })
        if (task && isTerminal(task.status)) return task
        failures = 0
        const tookMs = performance.now() - askedAt
        // If the server, or a proxy before it, does not hold answers back, the backoff grows.
        idle = task !== null && tag !== etag ? 0 : idle + 1
        etag = tag ?? etag
        // An answer that was held back for longer has been the pause; Node warns of a negative one.
        pauseMs = Math.max(0, backoff.boundMs(idle) - tookMs)
      } catch (error) {
        failures += 1
        if (!isTaskError(error) || !error.retryable || failures >= MOST_FAILURES) throw error
        pauseMs = Math.max(error.retryAfterMs ?? 0, backoff.delayMs(failures))
      }
      await sleep(pauseMs, signal)
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
