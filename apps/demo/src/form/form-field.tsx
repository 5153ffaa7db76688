import { type ReactNode, useId } from 'react'

/** What a control must carry to belong to its label, hint and mistake. */
export interface FieldControl {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FormFieldProps {
  label: string
  hint?: string | undefined
  mistake: string | undefined
  /** Two halves share a line. */
  width?: 'half' | undefined
  children: (control: FieldControl) => ReactNode
}

/** A label above, a hint beside, and what is wrong below: each tied to the control for screen readers. */
export function FormField({ label, hint, mistake, width, children }: FormFieldProps) {
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

/** The same for several controls that answer one question. */
export function FieldGroup({ legend, hint, mistake, children }: FieldGroupProps) {
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
