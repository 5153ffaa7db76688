import { type ReactNode, useId } from 'react'
import { toLabel } from '../parts/format-quantity.ts'
import { CURRENCIES, languageName, LANGUAGES, regionName, REGIONS } from '../parts/world.ts'
import type { Draft } from './draft.ts'
import type { Field } from './read-fields.ts'

interface FieldControlProps {
  field: Field
  value: Draft[string]
  mistake: string | undefined
  onChange: (value: Draft[string]) => void
}

/** A choice with more values than this becomes a menu. */
const OPEN_CHOICES = 5

/** The control that suits a field, with its label, hint and mistake. */
export function FieldControl({ field, value, mistake, onChange }: FieldControlProps) {
  const { kind, words } = field
  const isOpen = kind === 'choices' || kind === 'regions' || (kind === 'choice' && field.values.length <= OPEN_CHOICES)
  if (isOpen) {
    return (
      <FieldGroup legend={words.label} hint={words.hint} mistake={mistake}>
        <Choices field={field} value={value} onChange={onChange} />
      </FieldGroup>
    )
  }
  const text = typeof value === 'string' ? value : ''
  return (
    <FormField label={words.label} hint={words.hint} mistake={mistake} width={words.width}>
      {(control) => <TextControl field={field} text={text} control={control} onChange={onChange} />}
    </FormField>
  )
}

interface TextControlProps {
  field: Field
  text: string
  control: ControlProps
  onChange: (value: string) => void
}

function TextControl({ field, text, control, onChange }: TextControlProps) {
  const { kind, words } = field
  const shared = {
    ...control,
    value: text,
    placeholder: words.placeholder,
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
      return <input {...shared} type="date" />
    case 'color':
      return (
        <span className="color-field">
          <input
            type="color"
            aria-label={`${words.label}: pick`}
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
          {!field.isRequired && kind === 'region' && <option value="">Anywhere</option>}
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
        return typeof choice === 'string' ? { value, name: choice } : { value, ...choice }
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
  label: string
  hint?: string | undefined
  mistake: string | undefined
  /** Two fields with `half` share a line. */
  width?: 'half' | undefined
  children: (control: ControlProps) => ReactNode
}

/** A label above the control, a hint beside it, and the mistake below, all tied to the control for screen readers. */
function FormField({ label, hint, mistake, width, children }: FormFieldProps) {
  const id = useId()
  return (
    <div className="field" data-width={width}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
      {children({
        id,
        'aria-describedby': describe(id, { hint, mistake }),
        'aria-invalid': mistake ? true : undefined,
      })}
      <FieldMistake id={`${id}-mistake`} sentence={mistake} />
    </div>
  )
}

interface FieldGroupProps {
  legend: string
  hint?: string | undefined
  mistake: string | undefined
  children: ReactNode
}

/** A fieldset with several controls that answer one question. */
function FieldGroup({ legend, hint, mistake, children }: FieldGroupProps) {
  const id = useId()
  return (
    <fieldset
      className="field"
      aria-describedby={describe(id, { hint, mistake })}
      data-invalid={mistake ? '' : undefined}
    >
      <legend>{legend}</legend>
      {hint && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
      <div className="choices">{children}</div>
      <FieldMistake id={`${id}-mistake`} sentence={mistake} />
    </fieldset>
  )
}

function describe(id: string, { hint, mistake }: { hint?: string | undefined; mistake: string | undefined }) {
  return [hint && `${id}-hint`, mistake && `${id}-mistake`].filter(Boolean).join(' ') || undefined
}

function FieldMistake({ id, sentence }: { id: string; sentence: string | undefined }) {
  if (!sentence) return null
  return (
    <span id={id} className="mistake">
      {sentence}
    </span>
  )
}
