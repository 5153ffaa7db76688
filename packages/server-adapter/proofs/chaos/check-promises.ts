import { checkFollowing } from './check-following.ts'
import { type LedgerLine, linesOf, type TaskKind } from './ledger.ts'

/** A task in the database after the run. */
export interface FinalTask {
  taskId: string
  status: string
  attempt: number
  maxRetries: number
  version: number
  /** A digest of everything that is final once a task has ended: status, result, error. */
  digest: string
  /** The run whose result is stored, if any. */
  resultRun: string | null
  errorCode: string | null
  lastError: string | null
  /** Names the work, if only one task for it may be under way. */
  only: string | null
  /** When the task was under way, in seconds of the database's clock. `until` is null before the end. */
  from: number
  until: number | null
}

/**
 * Checks the promises of DESIGN against the ledger. The ledger is outside the database, so it still knows events that the
 * database may have lost.
 *
 * @returns one sentence for each broken promise
 */
export function checkPromises(ledger: readonly LedgerLine[], tasks: readonly FinalTask[]): string[] {
  const byId = new Map(tasks.map((task) => [task.taskId, task]))
  const created = linesOf(ledger, 'created')
  const known = new Set(created.map(({ taskId }) => taskId))
  const histories = Map.groupBy(ledger, ({ taskId }) => taskId)
  return [
    ...created.filter(({ taskId }) => !byId.has(taskId)).map(({ taskId }) => `${taskId} was accepted and is gone.`),
    ...tasks.filter(({ taskId }) => !known.has(taskId)).map(({ taskId }) => `${taskId} exists and was never accepted.`),
    ...created.flatMap(({ taskId, kind }) => {
      const task = byId.get(taskId)
      return task
        ? checkTask(task, kind, histories.get(taskId) ?? []).map((broken) => `${taskId} (${kind}) ${broken}`)
        : []
    }),
    ...checkUnique(tasks),
    ...checkFollowing(histories, byId),
  ]
}

/** Tasks of the same work follow each other. */
function checkUnique(tasks: readonly FinalTask[]): string[] {
  const byWork = Map.groupBy(
    tasks.filter(({ only }) => only !== null),
    ({ only }) => only,
  )
  return [...byWork.values()].flatMap((alike) => {
    const inOrder = alike.toSorted((a, b) => a.from - b.from)
    return inOrder.slice(1).flatMap(({ taskId, only, from }, index) => {
      const before = inOrder[index]
      if (!before || (before.until !== null && before.until <= from)) return []
      return [`${taskId} began while ${before.taskId} was under way for the same ${only}.`]
    })
  })
}

function checkTask(task: FinalTask, kind: TaskKind, history: readonly LedgerLine[]): string[] {
  const broken: string[] = []
  if (!['completed', 'failed', 'cancelled'].includes(task.status)) broken.push(`never ended: it is ${task.status}.`)
  if (task.status === 'completed' && (kind === 'fatal' || kind === 'poison')) broken.push('completed, and cannot have.')
  if (task.status !== 'cancelled' && linesOf(history, 'cancelled').length > 0)
    broken.push(`was cancelled and is ${task.status}.`)
  return [
    ...broken,
    ...checkAttempts(task, history),
    ...checkSteps(history),
    ...checkEnd(task, history),
    ...checkNotices(task, history),
  ]
}

function checkAttempts({ attempt, maxRetries }: FinalTask, history: readonly LedgerLine[]): string[] {
  const runs = linesOf(history, 'began').length - linesOf(history, 'handed back').length
  if (attempt > maxRetries + 1) return [`made ${attempt} attempts of ${maxRetries + 1}.`]
  return runs > maxRetries + 1 ? [`ran ${runs} times of ${maxRetries + 1}.`] : []
}

/**
 * A run must skip each step and each item that an earlier attempt had stored before the run began. A worker may be stopped between its
 * claim and its first line here. So an old attempt may begin late, and it cannot know of later attempts.
 */
function checkSteps(history: readonly LedgerLine[]): string[] {
  const kept = linesOf(history, 'kept')
  const runs = new Map(linesOf(history, 'began').map((began) => [began.run, began]))
  return linesOf(history, 'ran').flatMap(({ run, step }) => {
    const own = runs.get(run)
    const before = kept.some((other) => {
      const earlier = runs.get(other.run)
      if (!own || !earlier || other.run === run || other.step !== step) return false
      return earlier.attempt <= own.attempt && other.at < own.at
    })
    return before ? [`ran the step ${step} again after it was kept.`] : []
  })
}

function checkEnd(task: FinalTask, history: readonly LedgerLine[]): string[] {
  const broken: string[] = []
  const last = linesOf(history, 'began')
    .toSorted((a, b) => a.attempt - b.attempt || a.at - b.at)
    .at(-1)
  if (task.status === 'completed' && task.resultRun !== last?.run)
    broken.push('holds the result of a run that was not the last.')
  if (task.resultRun !== null && !linesOf(history, 'returned').some(({ run }) => run === task.resultRun))
    broken.push('holds a result that no run returned.')
  for (const { version, digest, status } of linesOf(history, 'ended')) {
    if (version !== task.version || digest !== task.digest)
      broken.push(
        `changed after its end: it was ${status} at version ${version}, now ${task.status} at ${task.version}.`,
      )
  }
  return broken
}

/** Each end is told at least once, always under the same id; an end that is not final is never told. */
function checkNotices(task: FinalTask, history: readonly LedgerLine[]): string[] {
  const told = linesOf(history, 'told')
  const broken: string[] = []
  if (told.length === 0) broken.push('ended, and the receiver was not told.')
  if (new Set(told.map(({ id }) => id)).size > 1) broken.push('was told under several ids.')
  const early = told.find(({ status, version }) => status !== task.status || version !== task.version)
  if (early) broken.push(`was told as ${early.status} at version ${early.version}, which was not its end.`)
  return broken
}
