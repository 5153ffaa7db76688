import type { brandTasks } from '@brandkit/core'
import type { Generators } from '@brandkit/server-adapter'
import { beforeEachStep, withSimulatedFaults, withStepLedger } from './before-each-step.ts'
import { createBrandKitGenerator } from './generate-brand-kit.ts'
import { createContentPackageGenerator } from './generate-content-package.ts'
import { createFacebookTrendsGenerator } from './generate-facebook-trends.ts'
import { createFunnelCampaignGenerator } from './generate-funnel-campaign.ts'
import { createGlobalTrendsGenerator } from './generate-global-trends.ts'
import { createIdeasFromProductGenerator } from './generate-ideas-from-product.ts'
import { createMediaPlanGenerator } from './generate-media-plan.ts'
import { createPersonasGenerator } from './generate-personas.ts'
import { createTrendsGenerator } from './generate-trends.ts'
import { createViralIdeasGenerator } from './generate-viral-ideas.ts'
import type { TrendGeneratorOptions } from './trend-options.ts'

export interface CreateGeneratorsOptions extends TrendGeneratorOptions {
  /** A file that gets one line for each step that really runs. */
  stepLedger?: string | undefined
  /** Each step that really runs begins when this is done: a test holds a task here. */
  beforeStep?: ((step: string) => void | Promise<void>) | undefined
  /** Whether a media plan's notes may ask for a failure. Default `heeded`. */
  simulatedFaults?: 'heeded' | 'ignored' | undefined
}

type BrandGenerators = Required<Generators<typeof brandTasks>>

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
  const observe = (generate: BrandGenerators['GENERATE_MEDIA_PLAN']) => {
    const observed = beforeStep ? beforeEachStep(generate, ({ step }) => beforeStep(step)) : generate
    return stepLedger === undefined ? observed : withStepLedger(observed, stepLedger)
  }
  if (stepLedger === undefined && !beforeStep) return generators
  const observed = Object.entries(generators).map(([type, generate]) => [
    type,
    observe(generate as BrandGenerators['GENERATE_MEDIA_PLAN']),
  ])
  return Object.fromEntries(observed) as BrandGenerators
}
