import { FatalTaskError, RetryableTaskError } from '@brandkit/core'
import { AttemptAborted } from '../../src/runtime/running/attempt.js'
import type { ReportGenerator } from '../fixtures/sample-tasks.js'
import type { Run } from './runtime-model.js'
import type { Act, Ending, Plan, StepKey } from './runtime-plan.js'

type Context = Parameters<ReportGenerator>[0]

/** Part of the message of every foreign error, which users must never see. */
export const SECRET = 'hunter2'

export interface ScriptedGenerator {
  generator: ReportGenerator
  /** The runs of each task, in their order. */
  runs: readonly (readonly Run[])[]
  /** How many runs are active. */
  running(): number
  /** The outputs that steps gave to the generator, each with the expected output. */
  outputs: readonly { given: unknown; expected: unknown }[]
  /** Lets every ended run call its context again, as each also did right after its end; returns the errors. */
  callLate(): Promise<unknown[]>
}

/** Plays the scripts of a plan and records what happens. `released` ends all waiting. */
export function createScriptedGenerator({ tasks }: Plan, released: Promise<void>): ScriptedGenerator {
  const runs = tasks.map((): Run[] => [])
  const outputs: { given: unknown; expected: unknown }[] = []
  const ended: Context[] = []
  const late: Promise<unknown>[] = []
  let running = 0

  async function waitOrStop(signal: AbortSignal): Promise<void> {
    const stopped = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => stopped.resolve(), { once: true })
    if (signal.aborted) stopped.resolve()
    await Promise.race([released, stopped.promise])
  }

  async function perform(act: Act, { context, run }: { context: Context; run: Run }): Promise<void> {
    if (act.do === 'report') return context.progress(act.percent)
    if (act.do === 'wait') {
      await waitOrStop(context.signal)
      if (run.script.temper === 'obedient') context.signal.throwIfAborted()
      return
    }
    const { key, body, calls } = act
    const own = runs[indexOf(context.payload.name)] ?? []
    const work = async () => {
      run.begun.push(key)
      if (body === 'slow') await waitOrStop(context.signal)
      if (body === 'throws') throw new Error(SECRET)
      if (body === 'misfit') return { of: 'every step' }
      run.finished.push(key)
      return outputOf(key, own.indexOf(run))
    }
    const given = await Promise.all(
      Array.from({ length: calls }, () => context.step(key, work as () => Promise<never>) as Promise<unknown>),
    )
    const author = own.findIndex(({ finished }) => finished.includes(key))
    // Without `expect`: here its error would count as an error of the generator.
    outputs.push({ given, expected: given.map(() => outputOf(key, author)) })
  }

  return {
    runs,
    outputs,
    running: () => running,
    async callLate() {
      return Promise.all([...late, ...ended.map(callAfterTheEnd)])
    },
    async generator(context) {
      const task = indexOf(context.payload.name)
      const own = runs[task] ?? []
      const script = tasks[task]?.scripts[own.length] ?? tasks[task]?.scripts.at(-1)
      if (!script) throw new FatalTaskError(`There is no script for ${context.payload.name}.`)
      const run: Run = { attempt: context.attempt, script, begun: [], finished: [], aborted: null }
      const result = resultOf(task, own.push(run) - 1)
      running += 1
      try {
        for (const act of script.acts) {
          await perform(act, { context, run }).catch((error: unknown) => {
            if (script.temper === 'obedient') throw error
          })
        }
        return endAs(script.ending, result)
      } finally {
        const reason: unknown = context.signal.reason
        if (reason instanceof AttemptAborted) run.aborted = reason.reason
        running -= 1
        ended.push(context)
        // Calls while the end is being written to the store.
        setImmediate(() => late.push(callAfterTheEnd(context)))
      }
    },
  }
}

/** The late calls of a generator: progress is ignored, and a step stores nothing. */
async function callAfterTheEnd({ progress, step }: Context): Promise<unknown> {
  await step('draft', () => ['late']).catch(() => {})
  return progress(98).then(
    () => 'ignored',
    (error: unknown) => error,
  )
}

function endAs(ending: Ending, result: ReturnType<typeof resultOf>): never {
  const loop: { loop?: object } = {}
  loop.loop = loop
  const ends: Record<Ending, () => unknown> = {
    result: () => result,
    error() {
      throw new Error(SECRET)
    },
    retryable() {
      throw new RetryableTaskError('Busy.', { retryAfterMs: 2 })
    },
    fatal() {
      throw new FatalTaskError('No.')
    },
    misfit: () => ({ ...result, pages: 'many' }),
    bigint: () => ({ ...result, pages: 1n }),
    cycle: () => ({ ...result, loop }),
    nul: () => ({ ...result, reportId: '\u0000' }),
    'half a pair': () => ({ ...result, reportId: '\ud800' }),
    nothing: () => undefined,
  }
  return ends[ending]() as never
}

function outputOf(key: StepKey, run: number): unknown {
  return key === 'draft' ? [`by run ${run}`] : run
}

/** The result of a successful run: different for each run. */
export function resultOf(task: number, run: number) {
  return { reportId: `${nameOf(task)} by run ${run}`, pages: run }
}

/** The name in the payload, which leads the generator to its scripts. */
export function nameOf(task: number): string {
  return `task-${task}`
}

function indexOf(name: string): number {
  return Number(name.slice('task-'.length))
}
