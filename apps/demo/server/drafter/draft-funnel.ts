import type { TaskPayload, TaskResult } from '@brandkit/core'
import type { FunnelStage } from '@brandkit/core/brand-tasks'
import { fillDraft, type Phrases } from './fill-draft.ts'
import { readGroups, readOffer } from './read-brief.ts'
import { FUNNEL } from './tables.ts'

type Payload = TaskPayload<'GENERATE_FUNNEL_CAMPAIGN'>
type Result = TaskResult<'GENERATE_FUNNEL_CAMPAIGN'>

/** The brief's phrases for the texts of a funnel. */
export function funnelPhrases({ campaignName, offer, audience, goal }: Payload): Phrases {
  const { what, features, reassurances } = readOffer(offer)
  const groups = readGroups(audience, audience)
  return {
    campaign: [campaignName],
    verb: [FUNNEL.verbs[goal]],
    offer: [what],
    feature: features,
    reassurance: reassurances,
    group: groups.map(({ name }) => name),
    concern: groups.flatMap(({ concerns }) => concerns),
  }
}

export function draftStage(stage: FunnelStage, phrases: Phrases): { objective: string; message: string } {
  const { objective, message } = FUNNEL.stages[stage]
  return {
    objective: fillDraft([objective, 'To be reached: {group*}.'], phrases),
    message: fillDraft(message, phrases),
  }
}

/** The assets of the stages in order; each uses another feature while features are left. */
export function draftAssets(stages: readonly FunnelStage[], phrases: Phrases): Result['assets'] {
  return stages
    .flatMap((stage) => FUNNEL.stages[stage].assets.map((asset) => ({ stage, ...asset })))
    .map(({ stage, kind, title, brief, callToAction }, seed) => ({
      stage,
      kind,
      title: fillDraft([title], phrases, { seed }),
      brief: fillDraft(brief, phrases, { seed }),
      callToAction: fillDraft([callToAction], phrases),
    }))
}

/** Mails of the chosen stages, spread over the weeks of the campaign in ascending days. */
export function draftMails(stages: readonly FunnelStage[], phrases: Phrases, weeks: number): Result['mails'] {
  const days = weeks * 7 - 1
  return stages.flatMap((stage, position) => {
    const next = stages[position + 1]
    const from = position === 0 ? 0 : FUNNEL.stages[stage].starts
    const to = next ? FUNNEL.stages[next].starts : 1
    return FUNNEL.stages[stage].mails.map(({ subject, text }, index, { length }) => ({
      stage,
      day: Math.floor(days * (from + ((to - from) * index) / length)),
      subject: fillDraft([subject], phrases),
      text: fillDraft(text, phrases, { seed: position + index, join: '\n' }),
    }))
  })
}
