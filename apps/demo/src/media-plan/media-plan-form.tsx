import { MEDIA_CHANNELS, MEDIA_OBJECTIVES, type NewPayload } from '@brandkit/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { findMistakes, type Mistakes } from './find-mistakes.ts'
import { FieldGroup, FormField } from './form-field.tsx'
import { createDraft, type MediaPlanDraft, toPayload } from './media-plan-draft.ts'
import { CHANNEL_NAMES, CURRENCIES, OBJECTIVE_NAMES } from './media-plan-names.ts'
import type { Refusal } from './use-media-plan-management.ts'

interface MediaPlanFormProps {
  refusal: Refusal | null
  isPending: boolean
  onGenerate: (payload: NewPayload<'GENERATE_MEDIA_PLAN'>) => void
  onClose: () => void
}

/** Everything that a media plan needs to know. Mistakes stand at their fields, from here and from the server alike. */
export function MediaPlanForm({ refusal, isPending, onGenerate, onClose }: MediaPlanFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(() => createDraft(new Date()))
  const [shown, setShown] = useState<Mistakes>({})
  const mistakes: Mistakes = { ...refusal?.mistakes, ...shown }

  const change = (part: Partial<MediaPlanDraft>) => {
    const changed = { ...draft, ...part }
    setDraft(changed)
    // Mistakes appear when asked for and go as soon as they are mended.
    const left = findMistakes(changed)
    setShown((before) => Object.fromEntries(Object.entries(left).filter(([field]) => field in before)))
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = findMistakes(draft)
    setShown(found)
    if (Object.keys(found).length === 0) onGenerate(toPayload(draft))
  }

  const hasMistakes = Object.keys(mistakes).length > 0
  useEffect(() => {
    // Brings people to the first thing to mend, also when the server found it.
    if (hasMistakes) form.current?.querySelector<HTMLElement>('[aria-invalid], [data-invalid] input')?.focus()
  }, [hasMistakes])

  return (
    <form ref={form} className="plan-form" noValidate onSubmit={submit}>
      {refusal?.sentence && (
        <p role="alert" className="problem">
          {refusal.sentence}
        </p>
      )}

      <FormField label="Campaign name" mistake={mistakes.campaignName}>
        {(control) => (
          <input
            {...control}
            value={draft.campaignName}
            placeholder="Spring collection"
            autoComplete="off"
            onChange={({ target }) => change({ campaignName: target.value })}
          />
        )}
      </FormField>

      <FieldGroup legend="Objective" mistake={mistakes.objective}>
        {MEDIA_OBJECTIVES.map((objective) => (
          <label key={objective} className="choice objective">
            <input
              type="radio"
              name="objective"
              checked={draft.objective === objective}
              onChange={() => change({ objective })}
            />
            <span>{OBJECTIVE_NAMES[objective].name}</span>
            <span className="hint">{OBJECTIVE_NAMES[objective].hint}</span>
          </label>
        ))}
      </FieldGroup>

      <div className="row">
        <FormField label="Budget" mistake={mistakes.budget}>
          {(control) => (
            <input
              {...control}
              inputMode="numeric"
              value={draft.budget}
              onChange={({ target }) => change({ budget: target.value })}
            />
          )}
        </FormField>
        <FormField label="Currency" mistake={mistakes.currency}>
          {(control) => (
            <select {...control} value={draft.currency} onChange={({ target }) => change({ currency: target.value })}>
              {CURRENCIES.map((currency) => (
                <option key={currency}>{currency}</option>
              ))}
            </select>
          )}
        </FormField>
      </div>

      <div className="row">
        <FormField label="Start date" mistake={mistakes.startDate}>
          {(control) => (
            <input
              {...control}
              type="date"
              value={draft.startDate}
              onChange={({ target }) => change({ startDate: target.value })}
            />
          )}
        </FormField>
        <FormField label="Weeks" mistake={mistakes.weeks}>
          {(control) => (
            <input
              {...control}
              inputMode="numeric"
              value={draft.weeks}
              onChange={({ target }) => change({ weeks: target.value })}
            />
          )}
        </FormField>
      </div>

      <FieldGroup legend="Channels" mistake={mistakes.channels}>
        {MEDIA_CHANNELS.map((channel) => (
          <label key={channel} className="choice">
            <input
              type="checkbox"
              checked={draft.channels.includes(channel)}
              onChange={({ target }) =>
                change({
                  channels: MEDIA_CHANNELS.filter((other) =>
                    other === channel ? target.checked : draft.channels.includes(other),
                  ),
                })
              }
            />
            <span>{CHANNEL_NAMES[channel]}</span>
          </label>
        ))}
      </FieldGroup>

      <FormField
        label="Audience"
        hint="Who they are, where, and what they care about. Places and ages narrow the estimate."
        mistake={mistakes.audience}
      >
        {(control) => (
          <textarea
            {...control}
            rows={3}
            value={draft.audience}
            placeholder="Young professionals in Berlin, 25-40, who like coffee and design"
            onChange={({ target }) => change({ audience: target.value })}
          />
        )}
      </FormField>

      <FormField label="Notes (optional)" mistake={mistakes.notes}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            value={draft.notes}
            onChange={({ target }) => change({ notes: target.value })}
          />
        )}
      </FormField>

      <div className="form-end">
        <button type="button" className="quiet" onClick={onClose}>
          Not now
        </button>
        <button type="submit" className="button" disabled={isPending}>
          {isPending ? 'Sending…' : 'Generate'}
        </button>
      </div>
    </form>
  )
}
