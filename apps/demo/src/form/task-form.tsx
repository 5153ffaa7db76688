import { brandTasks } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { brandProfile } from '../sections/brand-profile.ts'
import type { Section } from '../sections/section.ts'
import { createDraft, type Draft, toPayload } from './draft.ts'
import { FieldControl } from './field-control.tsx'
import { findMistakes, type Mistakes, type Refusal, toMistakes } from './find-mistakes.ts'
import { Link } from '../parts/link.tsx'
import { Problem } from '../parts/page-parts.tsx'
import { taskPath } from '../sections/section-path.ts'
import { readFields } from './read-fields.ts'

interface TaskFormProps {
  section: Section
  brandId: string
  refusal: Refusal | null
  isPending: boolean
  onGenerate: (payload: Record<string, unknown>) => void
  onClose: () => void
}

/**
 * The form of any task type, made from its schema in the catalog. Mistakes that the form or the server finds appear at
 * their fields.
 */
export function TaskForm({ section, brandId, refusal, isPending, onGenerate, onClose }: TaskFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const schema = brandTasks[section.type satisfies BrandTaskType].payload
  const fields = useMemo(() => readFields(schema, section.fields), [schema, section])
  const [draft, setDraft] = useState<Draft>(() => createDraft(fields, section.start(new Date())))
  const [shown, setShown] = useState<Mistakes>({})
  const refused = toMistakes(fields, refusal?.issues ?? [])
  const mistakes: Mistakes = { ...refused, ...shown }

  const change = (changed: Draft) => {
    setDraft(changed)
    // Mistakes appear on submit and disappear when the user corrects them.
    const left = findMistakes(schema, fields, changed)
    setShown((before) => Object.fromEntries(Object.entries(left).filter(([field]) => field in before)))
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = findMistakes(schema, fields, draft)
    setShown(found)
    if (Object.keys(found).length === 0) onGenerate(toPayload(fields, draft))
  }

  const hasMistakes = Object.keys(mistakes).length > 0
  useEffect(() => {
    // Moves the focus to the first mistake, even if the server found it.
    if (hasMistakes) form.current?.querySelector<HTMLElement>('[aria-invalid], [data-invalid] input')?.focus()
  }, [hasMistakes])

  return (
    <form ref={form} className="task-form" noValidate onSubmit={submit}>
      {refusal && !refused && <FormRefusal refusal={refusal} section={section} />}
      {section.note && <p className="soft">{section.note}</p>}
      <p className="example">
        <span className="soft">{section.lead}</span>
        <button
          type="button"
          className="secondary"
          onClick={() => change(createDraft(fields, section.example(brandProfile(brandId), new Date())))}
        >
          Fill in an example
        </button>
      </p>
      {fields.map((field) => (
        <FieldControl
          key={field.name}
          field={field}
          value={draft[field.name] ?? ''}
          mistake={mistakes[field.name]}
          onChange={(value) => change({ ...draft, [field.name]: value })}
        />
      ))}
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

/** A refusal of the whole form, with the way to the task that is the reason. */
function FormRefusal({ refusal: { sentence, runningTaskId }, section: { type, name } }: RefusalProps) {
  if (runningTaskId === undefined) return <Problem sentence={sentence} />
  return (
    <Problem sentence={sentence}>
      <Link href={taskPath({ taskId: runningTaskId, type })}>See the {name.toLowerCase()} that is on its way</Link>
    </Problem>
  )
}

interface RefusalProps {
  refusal: Refusal
  section: Section
}
