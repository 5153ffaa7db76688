import type { brandTasks } from '@brandkit/core'
import type { Generators } from '@brandkit/server-adapter'
import { withSimulatedFaults, withStepLedger } from './before-each-step.ts'
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
  /** Whether a media plan's notes may ask for a failure. Default `heeded`. */
  simulatedFaults?: 'heeded' | 'ignored' | undefined
}

type BrandGenerators = Required<Generators<typeof brandTasks>>

/** All ten generators of the catalog. */
export function createGenerators({
  stepLedger,
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
  if (stepLedger === undefined) return generators
  const observed = Object.entries(generators).map(([type, generate]) => [
    type,
    withStepLedger(generate as BrandGenerators['GENERATE_MEDIA_PLAN'], stepLedger),
  ])
  return Object.fromEntries(observed) as BrandGenerators
}
