import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { contentPackage, ideasFromProduct, viralIdeas } from './content-sections.tsx'
import type { Section } from './section.ts'
import { brandKit, funnelCampaign, mediaPlan, personas } from './strategy-sections.tsx'
import { facebookTrends, globalTrends, trends } from './trend-sections.tsx'

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

/** @throws RangeError for a type outside the ten */
export function sectionOf(type: BrandTaskType): Section {
  const section = SECTIONS.find((candidate) => candidate.type === type)
  if (!section) throw new RangeError(`There is no section for the task type "${type}".`)
  return section
}
