import type { TaskPayload } from '@brandkit/core'
import { FUNNEL_STAGES, type FunnelStage } from '@brandkit/core/brand-tasks'
import { splitByWeight } from '../numbers.ts'
import { fillTemplate } from '../words.ts'
import { funnelWords } from './funnel-words.ts'
import { STAGE_PROFILES } from './stage-profiles.ts'

export interface Stage {
  stage: FunnelStage
  objective: string
  message: string
  /** 0 to 1; all stages add up to 1. */
  share: number
  /** Whole units of the currency; all stages add up to the budget. */
  amount: number
}

/** The chosen stages from the widest to the narrowest, with the budget split by the goal's weights (largest remainder method). */
export function shapeStages(payload: TaskPayload<'GENERATE_FUNNEL_CAMPAIGN'>): Stage[] {
  const stages = FUNNEL_STAGES.filter((stage) => payload.stages.includes(stage))
  const words = funnelWords(payload)
  const amounts = splitByWeight(
    payload.budget,
    stages.map((stage) => STAGE_PROFILES[stage].weight[payload.goal]),
  )
  return stages.map((stage, index) => ({
    stage,
    objective: fillTemplate(STAGE_PROFILES[stage].objective, words),
    message: fillTemplate(STAGE_PROFILES[stage].message, words),
    share: (amounts[index] ?? 0) / payload.budget,
    amount: amounts[index] ?? 0,
  }))
}
