import type { FieldIssue } from '@brandkit/core'
import type { DraftField, MediaPlanDraft } from './media-plan-draft.ts'

/** One sentence a field, for those that need a change. */
export type Mistakes = Partial<Record<DraftField, string>>

/** The limits of the catalog in words. The server checks again and has the last say. */
export function findMistakes(draft: MediaPlanDraft): Mistakes {
  const mistakes: Mistakes = {}
  const check = (field: DraftField, isRight: boolean, sentence: string) => {
    if (!isRight) mistakes[field] ??= sentence
  }
  const name = draft.campaignName.trim()
  check('campaignName', name !== '', 'Give the campaign a name.')
  check('campaignName', name.length <= 120, `Use at most 120 characters; these are ${name.length}.`)
  check('budget', isWhole(draft.budget, 100, 100_000_000), 'Enter a whole amount from 100 to 100,000,000.')
  check('startDate', isDate(draft.startDate), 'Pick the day on which the campaign starts.')
  check('weeks', isWhole(draft.weeks, 1, 52), 'Enter a whole number of weeks from 1 to 52.')
  check('channels', draft.channels.length > 0, 'Pick at least one channel.')
  const audience = draft.audience.trim()
  check('audience', audience !== '', 'Describe who should see the campaign.')
  check('audience', audience.length <= 500, `Use at most 500 characters; these are ${audience.length}.`)
  check('notes', draft.notes.trim().length <= 2_000, 'Use at most 2,000 characters.')
  return mistakes
}

const FIELDS: readonly DraftField[] = [
  'campaignName',
  'objective',
  'budget',
  'currency',
  'startDate',
  'weeks',
  'channels',
  'audience',
  'notes',
]

/** The server's issues at the fields they are about; `null` when one of them is about no field of the form. */
export function toMistakes(issues: readonly FieldIssue[]): Mistakes | null {
  const mistakes: Mistakes = {}
  for (const { path, message } of issues) {
    const field = FIELDS.find((name) => path.includes(name))
    if (!field) return null
    mistakes[field] ??= message
  }
  return issues.length > 0 ? mistakes : null
}

function isWhole(text: string, min: number, max: number): boolean {
  return /^\d{1,9}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max
}

/** Also refuses days that no calendar has, such as 31 February. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
