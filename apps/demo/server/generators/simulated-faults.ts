import { FatalTaskError, RetryableTaskError } from '@brandkit/core'
import { beforeEachStep } from './before-each-step.ts'
import type { BrandGenerator } from './brand-generator.ts'

/**
 * Lets anybody see what a failure looks like, by writing it into a campaign's notes:
 *
 * - `simulate: fail once` fails the first attempt in the middle; the automatic retry succeeds
 * - `simulate: fail` fails for good in the middle
 *
 * The two steps before it are checkpointed by then, so the retry does not run them again.
 */
export function withSimulatedFaults(
  generate: BrandGenerator<'GENERATE_MEDIA_PLAN'>,
): BrandGenerator<'GENERATE_MEDIA_PLAN'> {
  return beforeEachStep(generate, (step, { payload, attempt }) => {
    if (step !== 'budget') return
    const fault = /\bsimulate:\s*(fail once|fail)\b/i.exec(payload.notes ?? '')?.[1]?.toLowerCase()
    if (fault === 'fail')
      throw new FatalTaskError('The campaign notes ask for a failure. Remove "simulate: fail" from them and try again.')
    if (fault === 'fail once' && attempt === 1) {
      throw new RetryableTaskError('The campaign notes ask the first attempt to fail. The next one will succeed.')
    }
  })
}
