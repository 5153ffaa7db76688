import { useEffect, useId, useRef, useState } from 'react'
import { t } from '../language/language.ts'

/** People type faster than lists can follow, in milliseconds. */
const PAUSE_MS = 300

interface SearchFieldProps {
  label: string
  value: string
  /** Called when the user has stopped typing. */
  onChange: (value: string) => void
}

/** A field for words to search by. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState(value)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(pause.current), [])

  const type = (words: string) => {
    setTyped(words)
    clearTimeout(pause.current)
    pause.current = setTimeout(() => onChange(words.trim()), PAUSE_MS)
  }

  return (
    <div className="filter-select">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        maxLength={200}
        placeholder={t('In titles and tags')}
        value={typed}
        onChange={({ target }) => type(target.value)}
      />
    </div>
  )
}
