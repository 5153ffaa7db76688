import type { TaskPayload, TaskResult } from '@brandkit/core'
import type { FunnelStage } from '@brandkit/core/brand-tasks'
import { quote } from '../words.ts'
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

interface StageDraft {
  objective: string
  message: string
}

/** The texts of the stages, in order. Each phrase of the brief stands in the first stage that has a line for it, and in no other. */
export function draftStages<Part extends { stage: FunnelStage }>(
  parts: readonly Part[],
  phrases: Phrases,
): (Part & StageDraft)[] {
  const said = new Set<string>()
  const drafts: (Part & StageDraft)[] = []
  for (const part of parts) {
    const left = Object.fromEntries(
      Object.entries(phrases).map(([name, known]) => [name, known.filter((phrase) => !said.has(quote(phrase)))]),
    )
    const { objective, message } = FUNNEL.stages[part.stage]
    const draft = {
      objective: fillDraft([objective, 'To be reached: {group*}.'], left),
      message: fillDraft(message, left),
    }
    for (const [quoted] of `${draft.objective} ${draft.message}`.matchAll(/“[^”]*”/g)) said.add(quoted)
    drafts.push({ ...part, ...draft })
  }
  return drafts
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
