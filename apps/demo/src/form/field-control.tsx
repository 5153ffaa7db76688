import { type ReactNode, useState } from 'react'
import { locale, t } from '../language/language.ts'
import { CURRENCIES, languageName, LANGUAGES, regionName, REGIONS, toLabel } from '../parts/words.ts'
import { type Draft, parseNumber } from './draft.ts'
import type { Field } from './read-fields.ts'
import { toIsoDay } from '../sections/section.ts'

interface FieldControlProps {
  field: Field
  value: Draft[string]
  mistake: string | undefined
  onChange: (value: Draft[string]) => void
}

/** What people write has the direction of its own words. */
const WRITTEN: ReadonlySet<Field['kind']> = new Set(['text', 'long-text', 'texts'])

/** A choice with more values than this becomes a menu. */
const OPEN_CHOICES = 5

/** The control that suits a field, with its label, hint and mistake. */
export function FieldControl({ field, value, mistake, onChange }: FieldControlProps) {
  const { kind, words } = field
  const isOpen = kind === 'choices' || kind === 'regions' || (kind === 'choice' && field.values.length <= OPEN_CHOICES)
  if (isOpen) {
    return (
      <FieldGroup id={fieldId(field)} legend={t(words.label)} hint={words.hint && t(words.hint)} mistake={mistake}>
        <Choices field={field} value={value} onChange={onChange} />
      </FieldGroup>
    )
  }
  const text = typeof value === 'string' ? value : ''
  return (
    <FormField
      id={fieldId(field)}
      label={t(words.label)}
      hint={words.hint && t(words.hint)}
      note={kind === 'number' ? echo(text) : undefined}
      mistake={mistake}
      width={words.width}
    >
      {(control) => <TextControl field={field} text={text} control={control} onChange={onChange} />}
    </FormField>
  )
}

/** The id of a field's control or group, to which the summary of mistakes leads. */
export function fieldId({ name }: Pick<Field, 'name'>): string {
  return `field-${name}`
}

/** How a number with marks is read, so that the reader sees what "25.000" becomes. */
function echo(text: string): string | undefined {
  const number = /^\s*-?\d*\s*$/.test(text) ? null : parseNumber(text)
  return number === null ? undefined : `= ${new Intl.NumberFormat(locale()).format(number)}`
}

interface TextControlProps {
  field: Field
  text: string
  control: ControlProps
  onChange: (value: string) => void
}

function TextControl({ field, text, control, onChange }: TextControlProps) {
  const [today] = useState(() => toIsoDay(new Date()))
  const { kind, words } = field
  const shared = {
    ...control,
    value: text,
    placeholder: words.placeholder && t(words.placeholder),
    ...(WRITTEN.has(kind) && { dir: 'auto' as const }),
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  }
  switch (kind) {
    case 'long-text':
      return <textarea {...shared} rows={3} />
    case 'texts':
      return <textarea {...shared} rows={4} />
    case 'number':
      return <input {...shared} inputMode={field.isWhole ? 'numeric' : 'decimal'} autoComplete="off" />
    case 'date':
      return <input {...shared} type="date" min={today} />
    case 'color':
      return (
        <span className="color-field">
          <input
            type="color"
            aria-label={t('{label}: pick', { label: t(words.label) })}
            value={/^#[0-9a-f]{6}$/i.test(text) ? text : '#808080'}
            onChange={({ target }) => onChange(target.value)}
          />
          <input {...shared} placeholder="#1b6ef3" autoComplete="off" spellCheck={false} />
        </span>
      )
    case 'choice':
    case 'currency':
    case 'language':
    case 'region':
      return (
        <select {...shared}>
          {!field.isRequired && kind === 'region' && <option value="">{t('Anywhere')}</option>}
          {/* A stored brief may hold a value that the menu does not offer. */}
          {text !== '' && !optionsOf(field).some(({ value }) => value === text) && <option value={text}>{text}</option>}
          {optionsOf(field).map(({ value: option, name }) => (
            <option key={option} value={option}>
              {name}
            </option>
          ))}
        </select>
      )
    default:
      return <input {...shared} autoComplete="off" />
  }
}

function Choices({ field, value, onChange }: Omit<FieldControlProps, 'mistake'>) {
  const options = optionsOf(field)
  const chosen = typeof value === 'string' ? [value] : value
  const choose = (option: string, isChosen: boolean) => {
    if (field.kind === 'choice') return onChange(option)
    // Keeps the order of the options instead of the order of the clicks.
    onChange(
      options.map((other) => other.value).filter((other) => (other === option ? isChosen : chosen.includes(other))),
    )
  }
  return options.map(({ value: option, name, hint }) => (
    <label key={option} className="choice" data-hinted={hint ? '' : undefined}>
      <input
        type={field.kind === 'choice' ? 'radio' : 'checkbox'}
        name={field.name}
        checked={chosen.includes(option)}
        onChange={({ target }) => choose(option, target.checked)}
      />
      <span>{name}</span>
      {hint && <span className="hint">{hint}</span>}
    </label>
  ))
}

interface Option {
  value: string
  name: string
  hint?: string
}

function optionsOf({ kind, values, words }: Field): Option[] {
  switch (kind) {
    case 'currency':
      return CURRENCIES.map((value) => ({ value, name: value }))
    case 'language':
      return LANGUAGES.map((value) => ({ value, name: languageName(value) }))
    case 'region':
    case 'regions':
      return REGIONS.map((value) => ({ value, name: regionName(value) }))
    default:
      return values.map((value) => {
        const choice = words.choices?.[value] ?? toLabel(value)
        if (typeof choice === 'string') return { value, name: t(choice) }
        return { value, name: t(choice.name), hint: t(choice.hint) }
      })
  }
}

/** The attributes that tie a control to its label, hint and mistake. */
interface ControlProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FormFieldProps {
  id: string
  label: string
  hint?: string | undefined
  /** A line below the control while there is no mistake. */
  note?: string | undefined
  mistake: string | undefined
  /** Two fields with `half` share a line. */
  width?: 'half' | undefined
  children: (control: ControlProps) => ReactNode
}

/**
 * A label above the control, a hint beside it, and the mistake below, all tied to the control for screen readers. Each part has its
 * own row of the form's grid, so that two controls side by side stay level.
 */
function FormField({ id, label, hint, note, mistake, width, children }: FormFieldProps) {
  return (
    <div className="field" data-width={width} data-invalid={mistake ? '' : undefined}>
      <label htmlFor={id}>{label}</label>
      <FieldHint id={id} hint={hint} />
      {children({
        id,
        'aria-describedby': describe(id, { hint, mistake: mistake ?? note }),
        'aria-invalid': mistake ? true : undefined,
      })}
      <FieldMistake id={id} sentence={mistake} note={note} />
    </div>
  )
}

interface FieldGroupProps {
  id: string
  legend: string
  hint?: string | undefined
  mistake: string | undefined
  children: ReactNode
}

/** A fieldset with several controls that answer one question. */
function FieldGroup({ id, legend, hint, mistake, children }: FieldGroupProps) {
  return (
    <fieldset
      id={id}
      className="field"
      aria-describedby={describe(id, { hint, mistake })}
      data-invalid={mistake ? '' : undefined}
    >
      <legend>{legend}</legend>
      <FieldHint id={id} hint={hint} />
      <div className="choices">{children}</div>
      <FieldMistake id={id} sentence={mistake} />
    </fieldset>
  )
}

function describe(id: string, { hint, mistake }: { hint?: string | undefined; mistake: string | undefined }) {
  return [hint && `${id}-hint`, mistake && `${id}-mistake`].filter(Boolean).join(' ') || undefined
}

function FieldHint({ id, hint }: { id: string; hint: string | undefined }) {
  return hint ? (
    <span id={`${id}-hint`} className="hint">
      {hint}
    </span>
  ) : null
}

function FieldMistake({ id, sentence, note }: { id: string; sentence: string | undefined; note?: string | undefined }) {
  const text = sentence ?? note
  if (!text) return null
  return (
    <span id={`${id}-mistake`} className={sentence ? 'mistake' : 'field-note'}>
      {text}
    </span>
  )
}
