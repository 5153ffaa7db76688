import { type BackgroundTask, brandTasks } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { type FormEvent, type MouseEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import { t } from '../language/language.ts'
import { Link, plainTitle } from '../navigation/addresses.tsx'
import { taskPath } from '../sections/section-path.ts'
import { Problem } from '../parts/page-parts.tsx'
import { brandProfile } from '../sections/brand-profile.ts'
import { nextMonday, type Section } from '../sections/section.ts'
import {
  createDraft,
  type Draft,
  draftPlace,
  findMistakes,
  isOver,
  type Mistakes,
  type Refusal,
  toMistakes,
  toPayload,
} from './draft.ts'
import { FieldControl, fieldId } from './field-control.tsx'
import { type Field, readFields } from './read-fields.ts'

interface Source {
  task: BackgroundTask
  brief: Readonly<Record<string, unknown>>
}

interface TaskFormProps {
  section: Section
  userId: string
  brandId: string
  /** The task whose brief fills in the form. */
  source?: Source | undefined
  refusal: Refusal | null
  isPending: boolean
  /** Resolves to whether the task was taken; the draft is kept until then. */
  onGenerate: (payload: Record<string, unknown>) => Promise<boolean>
  onClose: () => void
}

/**
 * The form of any task type, made from its schema in the catalog. Mistakes that the form or the server finds appear at
 * their fields, and together above them.
 */
export function TaskForm(props: TaskFormProps) {
  const { section, userId, brandId, source, refusal, isPending, onGenerate, onClose } = props
  const form = useRef<HTMLFormElement>(null)
  const summary = useRef<HTMLDivElement>(null)
  const schema = brandTasks[section.type satisfies BrandTaskType].payload
  const fields = useMemo(() => readFields(schema, section.fields), [schema, section])
  const { draft, isKept, change: keepDraft, startOver, forget } = useDraft({ section, userId, fields, source })
  const [shown, setShown] = useState<Mistakes>({})
  const [attempt, setAttempt] = useState(0)
  const isSending = useRef(false)
  const refused = toMistakes(fields, refusal?.issues ?? [])
  const mistakes: Mistakes = { ...refused, ...shown }

  const change = (changed: Draft) => {
    keepDraft(changed)
    // Mistakes appear on submit and disappear when the user corrects them.
    const left = findMistakes(schema, fields, changed)
    setShown((before) => Object.fromEntries(Object.entries(left).filter(([field]) => field in before)))
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // The second click of a double click comes before the button is drawn as disabled.
    if (isSending.current) return
    const found = findMistakes(schema, fields, draft)
    setShown(found)
    setAttempt(attempt + 1)
    if (Object.keys(found).length > 0) return
    isSending.current = true
    if (await onGenerate(toPayload(fields, draft))) forget()
    else isSending.current = false
  }

  useEffect(() => {
    form.current?.querySelector<HTMLElement>(CONTROLS)?.focus()
  }, [])
  useEffect(() => {
    // The summary says what is wrong and leads to it, even if the server found it.
    if (attempt > 0 || refusal) summary.current?.focus()
  }, [attempt, refusal])

  return (
    <form ref={form} className="task-form" noValidate onSubmit={(event) => void submit(event)}>
      {refusal && !refused && <FormRefusal refusal={refusal} section={section} />}
      <MistakeSummary ref={summary} fields={fields} mistakes={mistakes} />
      {source && <p className="soft">{t('Filled in from “{title}”.', { title: plainTitle(source.task) })}</p>}
      {isKept && (
        <p className="draft-note">
          <span className="soft">{t('This is your draft.')}</span>
          <button type="button" className="quiet" onClick={startOver}>
            {t('Start over')}
          </button>
        </p>
      )}
      {section.note && <p className="soft">{t(section.note)}</p>}
      {!source && (
        <p className="example">
          <span className="soft">{t(section.lead)}</span>
          <button
            type="button"
            className="secondary"
            onClick={() => change(createDraft(fields, section.example(brandProfile(brandId), new Date())))}
          >
            {t('Fill in an example')}
          </button>
        </p>
      )}
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
          {t('Cancel')}
        </button>
        <button type="submit" className="button" disabled={isPending}>
          {isPending ? t('Sending…') : t('Generate')}
        </button>
      </div>
    </form>
  )
}

const CONTROLS = '.field :is(input, select, textarea)'

interface DraftOptions {
  section: Section
  userId: string
  fields: readonly Field[]
  source: Source | undefined
}

/** The draft of this form: what was typed last time, or the brief of another task, or the section's start values. */
function useDraft({ section, userId, fields, source }: DraftOptions) {
  const [place] = useState(() => draftPlace({ userId, type: section.type, source: source?.task.taskId }))
  const start = () => createDraft(fields, source ? withFutureDays(source.brief) : section.start(new Date()))
  const [{ draft, isKept }, setState] = useState(() => {
    const kept = place.read()
    return { draft: kept ? createDraft(fields, kept) : start(), isKept: kept !== null }
  })
  return {
    draft,
    isKept,
    change: (changed: Draft) => {
      place.keep(changed)
      setState((before) => ({ ...before, draft: changed }))
    },
    startOver: () => {
      place.forget()
      setState({ draft: start(), isKept: false })
    },
    forget: () => place.forget(),
  }
}

/** A brief of last month begins next Monday: its own first day is over. */
function withFutureDays(brief: Source['brief']): Record<string, unknown> {
  const today = new Date()
  return Object.fromEntries(
    Object.entries(brief).map(([name, value]) =>
      name === 'startDate' && isOver(String(value), today) ? [name, nextMonday(today)] : [name, value],
    ),
  )
}

interface MistakeSummaryProps {
  ref: RefObject<HTMLDivElement | null>
  fields: readonly Field[]
  mistakes: Mistakes
}

function goTo(event: MouseEvent, field: Field): void {
  event.preventDefault()
  const element = document.getElementById(fieldId(field))
  const control = element?.matches('fieldset') ? element.querySelector<HTMLElement>('input') : element
  control?.focus()
}

/** How many fields need a change, with a link to each. The sentences stand at the fields. */
function MistakeSummary({ ref, fields, mistakes }: MistakeSummaryProps) {
  const id = useId()
  const wrong = fields.filter(({ name }) => mistakes[name])
  if (wrong.length === 0) return null
  return (
    <div ref={ref} className="problem mistake-summary" role="group" aria-labelledby={id} tabIndex={-1}>
      <p id={id}>{t('{count} fields need a change', { count: wrong.length })}</p>
      <ul>
        {wrong.map((field) => (
          <li key={field.name}>
            <a href={`#${fieldId(field)}`} onClick={(event) => goTo(event, field)}>
              {t(field.words.label)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface RefusalProps {
  refusal: Refusal
  section: Section
}

/** A refusal of the whole form, with the way to the task that is the reason. */
function FormRefusal({ refusal: { sentence, runningTaskId }, section: { type, name } }: RefusalProps) {
  if (runningTaskId === undefined) return <Problem sentence={sentence} />
  return (
    <Problem sentence={sentence}>
      <Link href={taskPath({ taskId: runningTaskId, type })}>{t('See it: {name}', { name: t(name) })}</Link>
    </Problem>
  )
}
