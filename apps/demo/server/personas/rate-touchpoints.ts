import { type DecisionStyle, PERSONA_TOUCHPOINTS, type PersonaTouchpoint } from '@brandkit/core/brand-tasks'
import { type AudienceTrait, readTraits } from '../media-plan/read-audience.ts'
import { readKeywords } from '../words.ts'
import { DECISION_PROFILES } from './decision-profiles.ts'

/** How much more or less of their time a place has, by trait. Assumptions of this demo. */
const BY_TRAIT: Readonly<Partial<Record<AudienceTrait, Readonly<Partial<Record<PersonaTouchpoint, number>>>>>> = {
  young: { social: 0.15, video: 0.15, press: -0.2, email: -0.15 },
  older: { press: 0.25, store: 0.15, social: -0.25, video: -0.1, podcast: -0.15 },
  families: { friends: 0.1, store: 0.1, event: 0.05, podcast: -0.05 },
  professionals: { email: 0.15, podcast: 0.1, event: 0.1, store: -0.15 },
  commuters: { podcast: 0.2, social: 0.1, store: 0.05 },
  culture: { podcast: 0.15, event: 0.15, press: 0.1 },
  lifestyle: { social: 0.1, video: 0.1, store: 0.05 },
  customers: { email: 0.25, friends: 0.1, search: -0.15 },
}

/** Affinity = that of the way to decide, plus what each trait of the group adds, kept within 0.05 and 1. Best first. */
export function rateTouchpoints({ decisionStyle, group }: { decisionStyle: DecisionStyle; group: string }): {
  touchpoint: PersonaTouchpoint
  affinity: number
}[] {
  const traits = readTraits(readKeywords(group))
  return PERSONA_TOUCHPOINTS.map((touchpoint) => {
    const added = traits.reduce((sum, trait) => sum + (BY_TRAIT[trait]?.[touchpoint] ?? 0), 0)
    const affinity = DECISION_PROFILES[decisionStyle].touchpoints[touchpoint] + added
    return { touchpoint, affinity: Math.round(Math.min(1, Math.max(0.05, affinity)) * 100) / 100 }
  }).toSorted((one, other) => other.affinity - one.affinity)
}
