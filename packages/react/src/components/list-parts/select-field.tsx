'use client'

import { type ReactNode, useId } from 'react'

interface SelectOption {
  value: string
  name: string
}

interface SelectFieldProps {
  /** Tells the field from others in CSS, as `data-field`. */
  name: string
  label: string
  value: string
  options: readonly SelectOption[]
  onChange: (value: string) => void
}

/** One menu of a filter. It is the system's own, which every phone and every screen reader knows. */
export function SelectField({ name, label, value, options, onChange }: SelectFieldProps): ReactNode {
  const id = useId()
  return (
    <div className="brandkit-field" data-field={name}>
      <label className="brandkit-field-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="brandkit-input"
        data-set={value === '' ? undefined : true}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}
