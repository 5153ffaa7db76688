import { FatalTaskError, RetryableTaskError } from '@brandkit/core'
import { aroundSteps, type Generator, type GeneratorContext, type StepName } from '@brandkit/server-adapter'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import type { BrandGenerator } from './brand-generator.ts'

/** Calls a function before each step and item that really runs; one that returns its checkpoint does not count. */
export function beforeEachStep<Definition>(
  generate: Generator<Definition>,
  before: (name: StepName, context: GeneratorContext<Definition>) => void | Promise<void>,
): Generator<Definition> {
  return (context) =>
    generate({
      ...context,
      step: aroundSteps(context.step, async (work, name) => {
        await before(name, context)
        return work()
      }),
    })
}

/**
 * Lets a campaign's notes ask for a failure, so that people see one:
 *
 * - `simulate: fail once` fails the first attempt in the middle; the automatic retry succeeds
 * - `simulate: fail` fails every attempt in the middle
 *
 * The two steps before the failure are checkpointed, so the retry does not run them again.
 */
export function withSimulatedFaults(
  generate: BrandGenerator<'GENERATE_MEDIA_PLAN'>,
): BrandGenerator<'GENERATE_MEDIA_PLAN'> {
  return beforeEachStep(generate, ({ step }, { payload, attempt }) => {
    if (step !== 'budget') return
    const fault = /\bsimulate:\s*(fail once|fail)\b/i.exec(payload.notes ?? '')?.[1]?.toLowerCase()
    if (fault === 'fail')
      throw new FatalTaskError('The campaign notes ask for a failure. Remove "simulate: fail" from them and try again.')
    if (fault === 'fail once' && attempt === 1) {
      throw new RetryableTaskError('The campaign notes ask the first attempt to fail. The next one will succeed.')
    }
  })
}

/**
 * Writes a line of JSON for every step and item that really runs, synced to disk before the step begins. This file proves which
 * steps ran how often, even if the process dies.
 */
export function withStepLedger<Definition>(generate: Generator<Definition>, file: string): Generator<Definition> {
  return beforeEachStep(generate, ({ step, item }, { taskId, attempt }) => {
    const descriptor = openSync(file, 'a')
    try {
      writeSync(descriptor, `${JSON.stringify({ taskId, step, item, attempt })}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  })
}
