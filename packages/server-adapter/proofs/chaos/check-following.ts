import type { FinalTask } from './check-promises.ts'
import { type LedgerLine, linesOf } from './ledger.ts'

const PLAIN_WORDS = /^“.+” was needed first, and did not complete\.$/

/**
 * A task begins only when all that it follows have completed. When they have ended, it waits no more: it runs, or says in plain
 * words why it cannot.
 *
 * @param histories the lines of the ledger, by task
 */
export function checkFollowing(
  histories: ReadonlyMap<string, readonly LedgerLine[]>,
  tasks: ReadonlyMap<string, FinalTask>,
): string[] {
  return [...histories].flatMap(([taskId, history]) => {
    const task = tasks.get(taskId)
    const [{ after = [] } = {}] = linesOf(history, 'created')
    if (!task || after.length === 0) return []
    const earlier = after.flatMap((id) => tasks.get(id) ?? [])
    return [
      ...checkBeginning(history, { earlier, histories }),
      ...checkEnd(task, earlier, linesOf(history, 'cancelled').length > 0),
    ].map((broken) => `${taskId} ${broken}`)
  })
}

function checkBeginning(
  history: readonly LedgerLine[],
  { earlier, histories }: { earlier: readonly FinalTask[]; histories: ReadonlyMap<string, readonly LedgerLine[]> },
): string[] {
  const begun = Math.min(...linesOf(history, 'began').map(({ at }) => at))
  if (begun === Infinity) return []
  return earlier.flatMap(({ taskId, status, resultRun }) => {
    if (status !== 'completed') return [`began, and ${taskId} is ${status}.`]
    const returned = linesOf(histories.get(taskId) ?? [], 'returned').find(({ run }) => run === resultRun)
    return returned && returned.at <= begun ? [] : [`began before ${taskId} had completed.`]
  })
}

function checkEnd(task: FinalTask, earlier: readonly FinalTask[], isCancelled: boolean): string[] {
  const { status, errorCode, lastError } = task
  if (earlier.some(({ until }) => until === null)) return []
  if (status === 'queued') return ['waits for ever for what has ended.']
  const lost = earlier.find((other) => other.status !== 'completed')
  if (errorCode === 'dependency_failed') {
    if (!lost) return ['failed for what has completed.']
    return PLAIN_WORDS.test(lastError ?? '') ? [] : [`does not say in plain words why it failed: ${lastError}`]
  }
  return lost && !isCancelled && status !== 'cancelled' ? [`is ${status}, and ${lost.taskId} is ${lost.status}.`] : []
}
