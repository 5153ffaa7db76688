import { handled } from '@brandkit/core'
import { AttemptAborted } from '../../runtime/running/attempt.js'
import { aroundSteps, type StepName } from '../../runtime/running/around-steps.js'
import type { Generator, GeneratorContext } from '../../runtime/running/generator.js'
import { type GeneratorRun, type PlayedAttempt, toStepLabel } from './generator-run.js'

/** What a run notes while its generator works. */
export type Notes = Pick<GeneratorRun<never>, 'progress' | 'partials' | 'attempts'>

interface WatchOptions {
  notes: Notes
  /** Milliseconds since the start of the run. */
  elapsedMs: () => number
  /** Called before the work of a step or an item. A rejection is its failure. */
  onStep: (name: StepName, signal: AbortSignal) => Promise<void>
  /** Called with a wait for time to pass. */
  asleep: (wait: () => Promise<void>) => Promise<void>
}

type AnyContext = GeneratorContext<unknown>

/** The generator, which now leaves notes of what it does. It gets its own context, with calls that write notes first. */
export function watchGenerator(generator: Generator<never>, options: WatchOptions): Generator<never> {
  const { notes, elapsedMs } = options
  const watched = async (context: AnyContext): Promise<unknown> => {
    const attempt: PlayedAttempt = { attempt: context.attempt, startedAtMs: elapsedMs(), endedAtMs: Infinity, ran: [] }
    notes.attempts.push(attempt)
    try {
      return await (generator as Generator<unknown>)(watchContext(context, attempt, options))
    } catch (error) {
      attempt.error = error
      throw error
    } finally {
      attempt.endedAtMs = elapsedMs()
      const { reason } = context.signal as { reason: unknown }
      if (reason instanceof AttemptAborted) attempt.aborted = reason.reason
    }
  }
  return watched as Generator<never>
}

function watchContext(
  context: AnyContext,
  attempt: PlayedAttempt,
  { notes, onStep, asleep }: WatchOptions,
): AnyContext {
  async function progress(percent: number): Promise<void> {
    await context.progress(percent)
    notes.progress.push(percent)
  }

  async function partial(value: unknown): Promise<void> {
    const told = context.partial(value)
    const json = JSON.stringify(value)
    await told
    notes.partials.push(JSON.parse(json))
  }

  return {
    ...context,
    step: aroundSteps(context.step, async (work, name) => {
      await onStep(name, context.signal)
      attempt.ran.push(toStepLabel(name))
      return work()
    }),
    progress: (percent) => handled(progress(percent)),
    partial: Object.assign((value: unknown) => handled(partial(value)), { append: context.partial.append }),
    provider: (...call) => handled(asleep(() => context.provider(...call))),
  }
}
