import { LIMITS } from '@brandkit/core'
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

/** A section, and the position of the one whose result its task waits for. */
interface Turn {
  section: Section
  after?: [position: number]
}

/** The sections in an order in which each comes behind the one that it follows, for a batch of one task each. */
export function inWorkingOrder(sections: readonly Section[]): Turn[] {
  const stepsBefore = ({ follows }: Section): number => {
    const earlier = sections.find(({ type }) => type === follows)
    return earlier ? 1 + stepsBefore(earlier) : 0
  }
  const inOrder = sections.toSorted((one, other) => stepsBefore(one) - stepsBefore(other))
  return inOrder.map((section) => {
    const position = inOrder.findIndex(({ type }) => type === section.follows)
    return position < 0 ? { section } : { section, after: [position] }
  })
}

interface Source {
  brandName: string
  payload: object
}

/** The tags by which people look for a task later: its brand, and its campaign. */
export function toTags({ brandName, payload }: Source): string[] {
  const { campaignName } = payload as { campaignName?: unknown }
  const names = typeof campaignName === 'string' ? [brandName, campaignName] : [brandName]
  return [...new Set(names.map(toTag))].filter((tag) => tag !== '')
}

/** A tag is shorter than a name may be, and has no comma. */
function toTag(name: string): string {
  return name
    .replaceAll(/[,\s]+/g, ' ')
    .slice(0, LIMITS.tagCharacters)
    .replace(/\p{Surrogate}$/u, '')
    .trim()
}
