'use client'

import * as LIMITS from '@brandkit/core/limits'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'

/** People type faster than lists can follow, in milliseconds. */
const PAUSE_MS = 200

interface SearchFieldProps {
  label: string
  placeholder: string
  value: string
  /** Called when the user has stopped typing, and at once on Enter. */
  onChange: (value: string) => void
}

/** A field for words to search by. It follows `value`, unless the user is typing. */
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps): ReactNode {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(pause.current), [])

  const search = (words: string) => {
    clearTimeout(pause.current)
    setTyped(null)
    if (words.trim() !== value) onChange(words.trim())
  }
  const type = (words: string) => {
    setTyped(words)
    clearTimeout(pause.current)
    pause.current = setTimeout(() => onChange(words.trim()), PAUSE_MS)
  }
  return (
    <div className="brandkit-field" data-field="search">
      <label className="brandkit-field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="brandkit-input"
        type="search"
        maxLength={LIMITS.searchCharacters}
        placeholder={placeholder}
        value={typed ?? value}
        onChange={({ target }) => type(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') search(currentTarget.value)
        }}
        onBlur={({ target }) => search(target.value)}
      />
    </div>
  )
}
