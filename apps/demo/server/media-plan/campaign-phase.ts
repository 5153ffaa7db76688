export type CampaignPhase = 'launch' | 'sustain' | 'finale'

/** The first quarter of the weeks launches, the last sixth is the finale; a single week is all launch. */
export function phaseOfWeek(week: number, weeks: number): CampaignPhase {
  if (week <= Math.ceil(weeks / 4)) return 'launch'
  return week > weeks - Math.ceil(weeks / 6) ? 'finale' : 'sustain'
}
