import { type TaskDefinition, TaskError } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { GeneratorContext } from '../../runtime/running/generator.js'
import { type FakeMoment, type FakeScenario, planAttempt } from './fake-scenario.js'
import { toExampleOf } from './to-example-of.js'

interface ScriptOptions {
  definition: TaskDefinition
  scenarioOf: (taskId: string) => FakeScenario
  clock: Clock
}

/** A generator that follows the scenario of its task by the clock. */
export function createScriptedGenerator({ definition, scenarioOf, clock }: ScriptOptions) {
  return async (context: GeneratorContext<TaskDefinition>): Promise<unknown> => {
    const scenario = scenarioOf(context.taskId)
    const { durationMs = 6_000 } = scenario
    const begun = clock.now()
    const coming = planAttempt(scenario, context.attempt)
    for (const used of scenario.usage ?? []) void context.usage(used)

    /** Plays all moments before `endMs`. */
    async function playUntil(endMs: number): Promise<void> {
      for (let next = coming[0]; next && next.atMs < endMs; next = coming[0]) {
        coming.shift()
        await wait(begun + next.atMs - clock.now(), context.signal, clock)
        await play(next.what, { ...context, clock })
      }
      await wait(begun + Math.min(endMs, durationMs) - clock.now(), context.signal, clock)
    }

    for (const { key, beginsAt, endsAt } of toStepEnds(definition)) {
      const step = definition.steps[key]
      const output = () => step && toExampleOf(step.output)
      if (step?.items) {
        await context.step.map(key, ITEMS, { key: String, concurrency: 1 }, async (item) => {
          await playUntil(durationMs * (beginsAt + ((endsAt - beginsAt) * item) / ITEMS.length))
          return output()
        })
        continue
      }
      await context.step(key, async () => {
        await playUntil(durationMs * endsAt)
        return output()
      })
    }
    // The moments at the very end of the attempt.
    await playUntil(Infinity)
    return scenario.result === undefined ? toExampleOf(definition.result) : scenario.result
  }
}

/** The items of a step with items. */
const ITEMS = [1, 2, 3] as const

async function play(
  what: FakeMoment['what'],
  { progress, partial, keptText, signal, clock }: GeneratorContext<TaskDefinition> & { clock: Clock },
): Promise<void> {
  switch (what.kind) {
    case 'progress':
      return progress(what.percent)
    case 'partial':
      return partial(what.value)
    case 'text':
      // A later attempt goes on behind what a step has kept.
      return what.at < keptText.length ? undefined : partial.append(what.text)
    case 'standstill':
      return wait(Infinity, signal, clock)
    case 'failure': {
      const { code = 'generator_failed', message = 'Something went wrong.', retryable = true } = what.failure
      throw new TaskError(code, message, { retryable, retryAfterMs: what.failure.retryAfterMs ?? 2_000 })
    }
  }
}

/** The shares of the attempt, 0 to 1, at which each step begins and ends. Weights decide. */
function toStepEnds({ steps }: TaskDefinition): { key: string; beginsAt: number; endsAt: number }[] {
  const all = Object.entries(steps).map(([key, { weight = 1 }]) => ({ key, weight }))
  const total = all.reduce((sum, { weight }) => sum + weight, 0) || 1
  let done = 0
  return all.map(({ key, weight }) => {
    const beginsAt = done / total
    done += weight
    return { key, beginsAt, endsAt: done / total }
  })
}

/** Resolves after `ms` milliseconds. Rejects with the signal's reason as soon as the signal aborts. */
async function wait(ms: number, signal: AbortSignal, clock: Clock): Promise<void> {
  if (ms <= 0) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = clock.after(ms, resolve, { keepsProcess: false })
  const abort = () => reject(signal.reason as Error)
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()
  await promise.finally(() => {
    stop()
    signal.removeEventListener('abort', abort)
  })
}
