import type { MediaChannel, MediaObjective, NewPayload } from '@brandkit/core'

/** What the form holds while somebody types: numbers are still text. */
export interface MediaPlanDraft {
  campaignName: string
  objective: MediaObjective
  budget: string
  currency: string
  startDate: string
  weeks: string
  channels: MediaChannel[]
  audience: string
  notes: string
}

export type DraftField = keyof MediaPlanDraft

/** A plan that makes sense as it is, but for its name and audience: eight weeks from next Monday. */
export function createDraft(today: Date): MediaPlanDraft {
  return {
    campaignName: '',
    objective: 'awareness',
    budget: '25000',
    currency: 'EUR',
    startDate: nextMonday(today),
    weeks: '8',
    channels: ['search', 'social', 'video', 'email'],
    audience: '',
    notes: '',
  }
}

/** The payload of a draft that has no mistakes. */
export function toPayload(draft: MediaPlanDraft): NewPayload<'GENERATE_MEDIA_PLAN'> {
  const notes = draft.notes.trim()
  return {
    campaignName: draft.campaignName.trim(),
    objective: draft.objective,
    budget: Number(draft.budget),
    currency: draft.currency,
    startDate: draft.startDate,
    weeks: Number(draft.weeks),
    channels: draft.channels,
    audience: draft.audience.trim(),
    ...(notes && { notes }),
  }
}

/** ISO 8601 date in the reader's own calendar. */
function nextMonday(today: Date): string {
  const monday = new Date(today.getFullYear(), today.getMonth(), today.getDate() + ((8 - today.getDay()) % 7 || 7))
  return [monday.getFullYear(), monday.getMonth() + 1, monday.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}
