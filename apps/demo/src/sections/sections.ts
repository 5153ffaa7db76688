import type { BrandTaskType } from '@brandkit/core'
import { brandKit } from './brand-kit.tsx'
import { contentPackage } from './content-package.tsx'
import { facebookTrends } from './facebook-trends.tsx'
import { funnelCampaign } from './funnel-campaign.tsx'
import { globalTrends } from './global-trends.tsx'
import { ideasFromProduct } from './ideas-from-product.tsx'
import { mediaPlan } from './media-plan.tsx'
import { personas } from './personas.tsx'
import type { Section } from './section.ts'
import { trends } from './trends.tsx'
import { viralIdeas } from './viral-ideas.tsx'

/** The ten sections of the studio, in the order of the navigation. */
export const SECTIONS: readonly Section[] = [
  mediaPlan,
  brandKit,
  personas,
  funnelCampaign,
  contentPackage,
  viralIdeas,
  ideasFromProduct,
  facebookTrends,
  trends,
  globalTrends,
]

export function findSectionByPath(path: string): Section | undefined {
  return SECTIONS.find((section) => section.path === path)
}

/** @throws RangeError for a type that is none of the ten */
export function sectionOf(type: BrandTaskType): Section {
  const section = SECTIONS.find((candidate) => candidate.type === type)
  if (!section) throw new RangeError(`There is no section for the task type "${type}".`)
  return section
}
