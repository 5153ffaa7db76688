import { type ReactNode, useId } from 'react'

/** What a control must carry to belong to its label, hint and mistake. */
export interface FieldControl {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FormFieldProps {
  label: string
  hint?: string
  mistake: string | undefined
  children: (control: FieldControl) => ReactNode
}

/** A label above, a hint beside, and what is wrong below: each tied to the control for screen readers. */
export function FormField({ label, hint, mistake, children }: FormFieldProps) {
  const id = useId()
  const describedBy = [hint && `${id}-hint`, mistake && `${id}-mistake`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': mistake ? true : undefined })}
      <FieldMistake id={`${id}-mistake`} sentence={mistake} />
    </div>
  )
}

interface FieldGroupProps {
  legend: string
  mistake: string | undefined
  children: ReactNode
}

/** The same for several controls that answer one question. */
export function FieldGroup({ legend, mistake, children }: FieldGroupProps) {
  const id = useId()
  return (
    <fieldset className="field" aria-describedby={mistake && id} data-invalid={mistake ? '' : undefined}>
      <legend>{legend}</legend>
      <div className="choices">{children}</div>
      <FieldMistake id={id} sentence={mistake} />
    </fieldset>
  )
}

function FieldMistake({ id, sentence }: { id: string; sentence: string | undefined }) {
  if (!sentence) return null
  return (
    <span id={id} className="mistake">
      {sentence}
    </span>
  )
}
