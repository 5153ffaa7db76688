import { isTaskError } from '@brandkit/core'

export interface EachProgress {
  done: number
  /** Tasks that the server did not take, for example because they have ended in the meantime. */
  refused: number
}

/** Requests that are under way at once: enough for a quick answer, and few enough for a server's budget. */
const AT_ONCE = 4

/**
 * Acts on tasks one by one, a few at a time. Goes on after a refusal. Rejects at the first outage; what was done until then
 * stays done.
 *
 * @param onTurn hears how many tasks had their turn
 */
export async function actOnEach(
  taskIds: readonly string[],
  act: (taskId: string) => Promise<unknown>,
  onTurn: (turns: number) => void,
): Promise<EachProgress> {
  const progress: EachProgress = { done: 0, refused: 0 }
  const waiting = [...taskIds]

  async function work(): Promise<void> {
    for (let taskId = waiting.shift(); taskId !== undefined; taskId = waiting.shift()) {
      try {
        await act(taskId)
        progress.done += 1
      } catch (error) {
        // The other tasks would get the same answer.
        if (!isTaskError(error) || error.retryable || error.code === 'unauthenticated') {
          waiting.length = 0
          throw error
        }
        progress.refused += 1
      }
      onTurn(progress.done + progress.refused)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return progress
}
