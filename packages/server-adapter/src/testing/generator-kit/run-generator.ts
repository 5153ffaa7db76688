import {
  ANYTHING,
  assertOptions,
  type BackoffPolicy,
  createBackoffPolicy,
  isTerminal,
  LIST,
  OBJECT,
  type OptionRules,
  silentLogger,
  type TaskDefinition,
  TaskError,
  type TaskLogger,
  TEXT,
} from '@brandkit/core'
import type * as z from 'zod'
import type { Generator, PreviousTask, ResultOf } from '../../runtime/running/generator.js'
import { loadMemoryLimiters } from '../../runtime/providers/provider-limiters.js'
import type { ProviderLimits } from '../../runtime/providers/provider-limits.js'
import { toTaskWithText } from '../../store/memory/text-of-row.js'
import { createManualClock, type ManualClock, toClock } from '../fake-server/fake-clock.js'
import { toJson } from '../fake-server/fake-rows.js'
import type { GeneratorRun, StepKey, StepOutputs } from './generator-run.js'
import { assertCheckpoints, toStepOutputs } from './kept-outputs.js'
import { createInterruptions, type StepAbort, type StepFailure } from './interruptions.js'
import { OWNER, openStage, type Stage, TASK_TYPE } from './stage.js'
import { type Notes, watchGenerator } from './watch-generator.js'

export interface RunGeneratorOptions<D extends TaskDefinition> {
  /** The generator's task type: an entry of your catalog. */
  definition: D
  /** What a page would send. */
  payload: z.input<D['payload']>
  /** Outputs of steps that an earlier attempt has finished. Default: none. */
  checkpoints?: StepOutputs<D> | undefined
  /** The completed tasks that this one follows. Default: none. */
  previous?: readonly PreviousTask[] | undefined
  /** Steps that fail. Default: none. */
  failAt?: StepFailure<StepKey<D>> | readonly StepFailure<StepKey<D>>[] | undefined
  /** Steps at which the attempt is aborted. Default: none. */
  abortAt?: StepAbort<StepKey<D>> | readonly StepAbort<StepKey<D>>[] | undefined
  /**
   * The clock by which the generator waits. Default: the run has its own clock. That stands still while the generator works
   * and leaps over backoffs, time-outs and leases. A clock of yours also leaps while the generator works, so that a generator
   * may wait by it, but then the generator must wait for nothing else, such as an answer over the network.
   */
  clock?: ManualClock | undefined
  /** The time between attempts. Default: the server's own, without its randomness: 1 s, doubling, up to 5 min. */
  backoff?: BackoffPolicy | undefined
  /** Budgets of providers, as in the server's `limits.providers`. Default: none, so that `provider` is refused. */
  providers?: ProviderLimits | undefined
  /** Default: nothing is logged. */
  logger?: TaskLogger | undefined
  /** Default `ada`. */
  userId?: string | undefined
  /** Default `aurora`. */
  brandId?: string | undefined
}

/** What is `ANYTHING` is checked where it is used. */
const RULES: OptionRules<RunGeneratorOptions<TaskDefinition>> = {
  definition: OBJECT,
  payload: ANYTHING,
  checkpoints: OBJECT,
  failAt: ANYTHING,
  abortAt: ANYTHING,
  clock: ANYTHING,
  backoff: ANYTHING,
  providers: ANYTHING,
  logger: ANYTHING,
  userId: TEXT,
  brandId: TEXT,
  previous: LIST,
}

/**
 * Runs a generator in a real server in memory until its task ends, with checkpoints, checks by the catalog, retries and
 * time-outs as in production. Waiting takes no time: a story of an hour plays in milliseconds.
 *
 * @throws TaskError `invalid_payload` for a payload that the catalog refuses
 * @throws TypeError for a wrong option, for a step that the catalog lacks, for a checkpoint that does not fit it, and for a step
 *   in `failAt` or `abortAt` that never ran
 *
 * @example
 *   const { attempts, result } = await runGenerator(generateReport, {
 *     definition: catalog.REPORT,
 *     payload: { name: 'Spring' },
 *     failAt: 'print',
 *   })
 */
export async function runGenerator<D extends TaskDefinition>(
  generator: Generator<D>,
  options: RunGeneratorOptions<D>,
): Promise<GeneratorRun<D>> {
  if (typeof generator !== 'function') throw new TypeError('The first argument of runGenerator must be a generator.')
  assertOptions('runGenerator', options, RULES, { needed: ['definition'], isClosed: true })
  const {
    definition,
    payload,
    checkpoints = {},
    previous = [],
    failAt = [],
    abortAt = [],
    userId = 'ada',
    brandId = 'aurora',
  } = options
  const clock = options.clock ?? createManualClock()
  toClock(clock)
  const following: Generator<D> = (context) => generator({ ...context, previous })
  const interruptions = createInterruptions({ failAt, abortAt, known: Object.keys(definition.steps) })
  const outputs = assertCheckpoints(checkpoints, definition)
  const notes: Notes = { progress: [], partials: [], attempts: [] }
  const startedAt = clock.now()
  const elapsedMs = () => clock.now() - startedAt

  const stage: Stage = openStage({
    definition,
    generator: watchGenerator(following, {
      notes,
      elapsedMs,
      async onStep(name, signal) {
        const interruption = interruptions.take(name)
        if (interruption?.kind === 'failure') throw interruption.error
        if (interruption) await stage.abort(interruption.reason, signal)
      },
      asleep: (wait) => stage.asleep(wait),
    }),
    checkpoints: outputs,
    limits: options.providers && { providers: options.providers, providerLimiter: await loadMemoryLimiters() },
    clock,
    leaps: options.clock ? 'always' : 'while-idle',
    backoff: options.backoff ?? createBackoffPolicy({ ceilingMs: 5 * 60 * 1_000, random: () => 1 }),
    logger: options.logger ?? silentLogger,
  })
  const row = await stage.play({ ...OWNER, userId }, { type: TASK_TYPE, brandId, payload })

  const untouched = interruptions.untouched()
  if (untouched.length > 0)
    throw new TypeError(
      `Nothing was interrupted at "${untouched.join('", "')}", because its work did not run. Take it out of failAt or abortAt.`,
    )
  const task = toJson(row)
  if (!isTerminal(task.status)) throw new Error(`The task is ${task.status}, which is no end.`)
  const run: GeneratorRun<D> = {
    status: task.status,
    ...notes,
    text: toTaskWithText(row, '').text?.append ?? '',
    ran: notes.attempts.flatMap(({ ran }) => ran),
    checkpoints: toStepOutputs(row.checkpoints) as StepOutputs<D>,
    durationMs: elapsedMs(),
    task,
  }
  if (task.status === 'completed') run.result = task.result as unknown as ResultOf<D>
  if (task.errorCode !== undefined && task.status === 'failed')
    run.error = new TaskError(task.errorCode, task.lastError ?? '', { cause: notes.attempts.at(-1)?.error })
  return run
}
