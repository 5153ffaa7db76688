import { type BackoffPolicy, handled, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { ClaimOutcome } from '../../store/task-claim.js'
import type { StoredTask, TaskStore } from '../../store/task-store.js'
import type { TaskChange } from '../../store/task-watcher.js'
import { STUBBORN_MS, waitAtMost } from '../../patience.js'
import { Attempt } from './attempt.js'
import { AttemptsByTask } from './attempts-by-task.js'
import type { Generator } from './generator.js'
import type { Budgets } from '../spending/budgets.js'
import type { ReleaseNext } from './release-next.js'
import type { Lifecycle } from '../lifecycle.js'
import type { Work } from './newest-work.js'
import { runAttempt } from './run-attempt.js'
import { stageOf, type TellEnd } from './tell-end.js'
import type { ProviderBudgets } from '../providers/provider-budgets.js'
import type { Telemetry } from '../telemetry.js'
import { DEFAULT_TIMEOUT_MS, type Timings } from '../timings.js'

export type Claimed = Extract<ClaimOutcome, { outcome: 'claimed' }>

/** The attempts of one worker that are under way. */
export interface RunningAttempts {
  /**
   * Runs a claimed task on a slot that was taken for it. Gives the slot back when the generator has ended. Resolves when the
   * end is stored and a retry is published; never rejects.
   */
  start(claim: Claimed, work: Work, budget: { budgetMs?: number | undefined }): Promise<void>
  /** Takes changes from any process; aborts attempts that no longer own their task. */
  onChanges: (changes: readonly TaskChange[]) => void
  taskIds: () => Iterable<string>
  /** Lets attempts finish for `drainMs`, then aborts them and releases their tasks. */
  stop(): Promise<void>
}

interface RunningAttemptsOptions {
  store: TaskStore
  releaseNext: ReleaseNext
  budgets: Budgets | undefined
  lifecycle: Lifecycle
  telemetry: Telemetry
  backoff: BackoffPolicy
  timings: Timings
  /** How many ends may wait for the store after their slots were given back. Each holds a result. */
  mostSettling: number
  tellEnd: TellEnd
  freeSlot: () => void
  /** Undefined without limits of providers. */
  providers: ProviderBudgets | undefined
  clock: Clock
  logger: TaskLogger
}

export function createRunningAttempts({
  store,
  releaseNext,
  budgets,
  lifecycle,
  telemetry,
  backoff,
  timings,
  mostSettling,
  tellEnd,
  freeSlot,
  providers,
  clock,
  logger,
}: RunningAttemptsOptions): RunningAttempts {
  const attempts = new AttemptsByTask()
  const giveUp = new AbortController()
  const waits = providers ? { budgets: providers, mostMs: timings.providerWaitMs } : undefined
  let settling = 0

  function start(claim: Claimed, { catalog, generators }: Work, { budgetMs }: { budgetMs?: number | undefined }) {
    const { task } = claim
    const facts = { taskId: task.taskId, traceId: task.traceId }
    const definition = catalog[task.type]
    const generator = generators.get(task.type)
    // The claim named known types only, so this is a fault of the store.
    if (!definition || !generator)
      throw new Error(`The store gave out a task of type ${task.type}, which was not asked for.`)

    logger.info('Processing task with request body', { ...facts, type: task.type, attempt: task.attempt })
    logger.debug('Updated task status to processing', facts)
    lifecycle('started', task)
    const timeoutMs = Math.min(definition.timeoutMs ?? DEFAULT_TIMEOUT_MS, claim.deadlineInMs ?? Infinity)
    const attempt = new Attempt({ claim, definition, store, timeoutMs, budgetMs, timings, clock, logger })
    // A later claim means that the lease of the earlier attempt has run out.
    attempts.find(task.taskId)?.abort('ownership_lost')
    const settled = handled(run(attempt, generator))
    attempts.add(attempt, settled)
    return settled
  }

  async function run(attempt: Attempt, generator: Generator<never>): Promise<void> {
    let holdsSlot = true
    let stored: StoredTask = attempt.task
    /** Frees the slot for the next generator, unless too many ends wait for the store already. */
    const onReturned = () => {
      if (settling >= mostSettling) return
      holdsSlot = false
      settling += 1
      freeSlot()
    }
    try {
      await telemetry.attempt(attempt.task, async (note) => {
        const ended = await runAttempt({
          attempt,
          generator,
          store,
          budgets,
          telemetry,
          backoff,
          logger,
          giveUp: giveUp.signal,
          providers: waits,
          onReturned,
        })
        if (!ended) return
        stored = ended
        note(stageOf(ended, attempt.abortReason), ended.errorCode)
        await tellEnd(ended, attempt.abortReason)
      })
      await releaseNext(stored)
    } finally {
      attempts.remove(attempt)
      if (holdsSlot) freeSlot()
      else settling -= 1
    }
  }

  async function handBack(attempt: Attempt): Promise<void> {
    attempt.end()
    await tellEnd(await store.settle(attempt.lease, { status: 'release' }), attempt.abortReason)
  }

  return {
    start,
    onChanges(changes) {
      for (const change of changes) {
        const attempt = attempts.find(change.taskId)
        if (!attempt) continue
        if (change.status === 'cancelled') attempt.abort('cancelled')
        else if (change.epoch > attempt.lease.epoch) attempt.abort('ownership_lost')
      }
    },
    *taskIds() {
      for (const { attempt } of attempts.entries()) yield attempt.lease.taskId
    },
    async stop() {
      const promises = () => [...attempts.entries()].map(({ settled }) => settled)
      await waitAtMost(timings.drainMs, promises())
      for (const { attempt } of attempts.entries()) attempt.abort('shutdown')
      await waitAtMost(STUBBORN_MS, promises())
      // The process must end even if a generator ignores its signal or the database is down. The release raises the epoch,
      // so the store refuses later writes of such a generator.
      giveUp.abort()
      await waitAtMost(
        STUBBORN_MS,
        [...attempts.entries()].map(({ attempt }) => handBack(attempt)),
      )
    },
  }
}
