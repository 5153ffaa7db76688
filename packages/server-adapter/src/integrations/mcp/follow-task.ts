import { type GetStatusResponse, isTerminal, LIMITS } from '@brandkit/core'
import type { MountCaller } from '../../http/mounting.js'

interface Following {
  /** Ends the wait. */
  signal: AbortSignal
  /** Called with each new state. Default: nothing is called. */
  onNews?: ((status: GetStatusResponse) => Promise<void>) | undefined
}

/**
 * Waits for the end of a task. Authenticates the caller again about twice a minute.
 *
 * @returns the last state: that of an active task if the signal has aborted
 * @throws TaskError as `action=status` does; `unauthenticated` when the caller was signed out meanwhile
 */
export async function followTask(
  caller: MountCaller,
  taskId: string,
  { signal, onNews }: Following,
): Promise<GetStatusResponse> {
  const first = await caller.act('status', { taskId }, { signal })
  let status = first.body as GetStatusResponse
  let etag = first.headers?.['etag'] ?? ''
  let authenticatedAt = performance.now()
  await onNews?.(status)

  while (!isTerminal(status.task.status) && !signal.aborted) {
    if (performance.now() - authenticatedAt >= LIMITS.waitSeconds * 1_000) {
      await caller.renew()
      authenticatedAt = performance.now()
    }
    const headers = { 'if-none-match': etag }
    const next = await caller.act('status', { taskId, wait: LIMITS.waitSeconds }, { signal, headers })
    // Nothing is new.
    if (next.body === null) continue
    status = next.body as GetStatusResponse
    etag = next.headers?.['etag'] ?? ''
    await onNews?.(status)
  }
  return status
}
