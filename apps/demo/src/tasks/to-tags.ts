import { LIMITS } from '@brandkit/core'

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
