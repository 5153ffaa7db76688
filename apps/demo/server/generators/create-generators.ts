import { aroundSteps, type Generator, type GeneratorContext, type StepName } from '@brandkit/server-adapter'
import { createBrandKitGenerator } from './brand-kit.ts'
import { createContentPackageGenerator } from './content-package.ts'
import { createFunnelCampaignGenerator } from './funnel-campaign.ts'
import type { BrandGenerator, BrandGenerators, GeneratorOptions } from './generator.ts'
import { createGlobalTrendsGenerator } from './global-trends.ts'
import { createMediaPlanGenerator } from './media-plan.ts'
import { createPersonasGenerator } from './personas.ts'
import { createIdeasFromProductGenerator } from './product-ideas.ts'
import { createFacebookTrendsGenerator, createTrendsGenerator } from './trends.ts'
import { createViralIdeasGenerator } from './viral-ideas.ts'
import { FatalTaskError, RetryableTaskError } from '@brandkit/core'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

export interface CreateGeneratorsOptions extends GeneratorOptions {
  /** A file that gets one line for each step that really runs. */
  stepLedger?: string | undefined
  /** Each step that really runs begins when this is done: a test holds a task here. */
  beforeStep?: ((step: string) => void | Promise<void>) | undefined
  /** Whether a media plan's notes may ask for a failure. Default `heeded`. */
  simulatedFaults?: 'heeded' | 'ignored' | undefined
}

/** All ten generators of the catalog. */
export function createGenerators({
  stepLedger,
  beforeStep,
  simulatedFaults = 'heeded',
  ...options
}: CreateGeneratorsOptions = {}): BrandGenerators {
  const mediaPlan = createMediaPlanGenerator(options)
  const generators: BrandGenerators = {
    GENERATE_MEDIA_PLAN: simulatedFaults === 'heeded' ? withSimulatedFaults(mediaPlan) : mediaPlan,
    GENERATE_BRAND_KIT: createBrandKitGenerator(options),
    AUTO_GENERATE_PERSONAS: createPersonasGenerator(options),
    GENERATE_CONTENT_PACKAGE: createContentPackageGenerator(options),
    GENERATE_FUNNEL_CAMPAIGN: createFunnelCampaignGenerator(options),
    GENERATE_VIRAL_IDEAS: createViralIdeasGenerator(options),
    GENERATE_FACEBOOK_TRENDS: createFacebookTrendsGenerator(options),
    GENERATE_TRENDS: createTrendsGenerator(options),
    GENERATE_GLOBAL_TRENDS: createGlobalTrendsGenerator(options),
    GENERATE_IDEAS_FROM_PRODUCT: createIdeasFromProductGenerator(options),
  }
  const observers = [
    ...(beforeStep ? [({ step }: StepName) => beforeStep(step)] : []),
    ...(stepLedger === undefined ? [] : [toStepLedger(stepLedger)]),
  ]
  return observers.reduce(beforeEveryStep, generators)
}

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

type Observer = (name: StepName, task: { taskId: string; attempt: number }) => void | Promise<void>

/** The same for all ten generators. */
export function beforeEveryStep(generators: BrandGenerators, before: Observer): BrandGenerators {
  const observed = Object.entries(generators).map(([type, generate]) => [
    type,
    beforeEachStep(generate as BrandGenerators['GENERATE_MEDIA_PLAN'], before),
  ])
  return Object.fromEntries(observed) as BrandGenerators
}

/**
 * Writes a line of JSON for every step and item that really runs, synced to disk before the step begins. This file proves which
 * steps ran how often, even if the process dies.
 */
function toStepLedger(file: string): Observer {
  return ({ step, item }, { taskId, attempt }) => {
    const descriptor = openSync(file, 'a')
    try {
      writeSync(descriptor, `${JSON.stringify({ taskId, step, item, attempt })}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  }
}
