import type { TaskDefinition } from '../task-catalog.js'
import type { BrandTaskType } from './vocabulary.js'
import { brandKit } from './brand-kit.schema.js'
import { contentPackage } from './content-package.schema.js'
import { facebookTrends } from './facebook-trends.schema.js'
import { funnelCampaign } from './funnel-campaign.schema.js'
import { globalTrends } from './global-trends.schema.js'
import { ideasFromProduct } from './ideas-from-product.schema.js'
import { mediaPlan } from './media-plan.schema.js'
import { personas } from './personas.schema.js'
import { trends } from './trends.schema.js'
import { viralIdeas } from './viral-ideas.schema.js'

/** The ten generative tasks of the brand suite, ready to be served. A test checks them, because `defineTasks` would build them. */
export const brandTasks = {
  GENERATE_MEDIA_PLAN: mediaPlan,
  GENERATE_BRAND_KIT: brandKit,
  AUTO_GENERATE_PERSONAS: personas,
  GENERATE_CONTENT_PACKAGE: contentPackage,
  GENERATE_FUNNEL_CAMPAIGN: funnelCampaign,
  GENERATE_VIRAL_IDEAS: viralIdeas,
  GENERATE_FACEBOOK_TRENDS: facebookTrends,
  GENERATE_TRENDS: trends,
  GENERATE_GLOBAL_TRENDS: globalTrends,
  GENERATE_IDEAS_FROM_PRODUCT: ideasFromProduct,
} as const satisfies Record<BrandTaskType, TaskDefinition>
