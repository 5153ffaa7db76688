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

/** A title as the catalog makes it. */
interface Titled {
  title: (task: { payload: Readonly<Record<string, unknown>> }) => string
}

/**
 * The catalog's titles, for tasks that the server has not got yet. They are made here, because the catalog would bring all its
 * schemas to every page. The first field of a form names its task.
 */
export const TASK_TITLES: Readonly<Record<string, Titled>> = Object.fromEntries(
  SECTIONS.map(({ type, name, fields }) => {
    const [naming = ''] = Object.keys(fields)
    const typeName = name.charAt(0) + name.slice(1).replaceAll(/ [A-Z]/g, (letter) => letter.toLowerCase())
    return [type, { title: ({ payload }) => `${typeName}: ${String(payload[naming])}` }]
  }),
)

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
