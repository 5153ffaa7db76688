'use client'

import { TASK_STATUSES } from '@brandkit/core'
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { BulkActions } from './bulk-actions.js'
import type { OperationsFilter } from './operations-filter.js'
import { useOperations } from './operations-context.js'
import { classOf, inFrame } from './operations-looks.js'

export interface OperationsUser {
  id: string
  name: string
}

interface FilterBarProps {
  filter: OperationsFilter
  types: readonly string[]
  users: readonly OperationsUser[] | undefined
  searchRef: RefObject<HTMLInputElement | null>
  onFilter: (filter: OperationsFilter) => void
}

const SPANS = ['hour', 'day', 'week', 'all'] as const

/** Narrows the table, and acts on all that is left. */
export function FilterBar({ filter, types, users, searchRef, onFilter }: FilterBarProps): ReactNode {
  const { text, looks } = useOperations()
  const { search, tag, span: _span, ...chosen } = filter
  const isNarrowed = Boolean(search ?? tag) || Object.values(chosen).some(Boolean)
  const set = (part: Partial<OperationsFilter>) => onFilter({ ...filter, ...part })
  return (
    <search className={classOf(looks, 'filters')} aria-label={text('filter.label')}>
      {inFrame(
        looks,
        'filters',
        <>
          <TypedField
            label={text('filter.search')}
            type="search"
            value={search ?? ''}
            inputRef={searchRef}
            onChange={(value) => set({ search: value || undefined })}
          />
          <Choice
            label={text('filter.status')}
            value={filter.status}
            any={text('filter.anyStatus')}
            options={TASK_STATUSES.map((status) => ({ id: status, name: text.status(status) }))}
            onChange={(status) => set({ status: TASK_STATUSES.find((each) => each === status) })}
          />
          <Choice
            label={text('filter.type')}
            value={filter.type}
            any={text('filter.anyType')}
            options={types.map((type) => ({ id: type, name: text.type(type) }))}
            onChange={(type) => set({ type })}
          />
          {users ? (
            <Choice
              label={text('filter.user')}
              value={filter.userId}
              any={text('filter.anyUser')}
              options={users}
              onChange={(userId) => set({ userId })}
            />
          ) : (
            <TypedField
              label={text('filter.user')}
              value={filter.userId ?? ''}
              onChange={(userId) => set({ userId: userId || undefined })}
            />
          )}
          <TypedField
            label={text('filter.tag')}
            value={tag ?? ''}
            onChange={(value) => set({ tag: value || undefined })}
          />
          {isNarrowed && (
            <button
              type="button"
              className="brandkit-button"
              data-quiet=""
              onClick={() => {
                onFilter({ span: filter.span })
                searchRef.current?.focus()
              }}
            >
              {text('filter.reset')}
            </button>
          )}
          <BulkActions filter={filter} />
        </>,
      )}
    </search>
  )
}

/** The time that figures, charts and table cover. */
export function SpanChoice({ filter, onFilter }: Pick<FilterBarProps, 'filter' | 'onFilter'>): ReactNode {
  const { text } = useOperations()
  const name = useId()
  return (
    <fieldset className="brandkit-operations-span">
      <legend className="brandkit-hidden">{text('span.label')}</legend>
      {SPANS.map((span) => (
        <label key={span}>
          <input
            type="radio"
            name={name}
            checked={filter.span === span}
            onChange={() => onFilter({ ...filter, span })}
          />
          <span>{text(`span.${span}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface ChoiceProps {
  label: string
  value: string | undefined
  any: string
  options: readonly OperationsUser[]
  onChange: (value: string | undefined) => void
}

function Choice({ label, value, any, options, onChange }: ChoiceProps): ReactNode {
  return (
    <label className="brandkit-field">
      <span>{label}</span>
      <select
        value={value ?? ''}
        data-set={value ? '' : undefined}
        onChange={(event) => onChange(event.target.value || undefined)}
      >
        <option value="">{any}</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

interface TypedFieldProps {
  label: string
  value: string
  type?: 'search' | 'text'
  inputRef?: RefObject<HTMLInputElement | null>
  onChange: (value: string) => void
}

const TYPING_MS = 300

/** Tells of a text when the typing pauses. */
function TypedField({ label, value, type = 'text', inputRef, onChange }: TypedFieldProps): ReactNode {
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  // The filter was changed elsewhere, for example cleared.
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  // A new function with each render must not begin the wait again.
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => {
    if (typed.trim() === value) return undefined
    const timer = setTimeout(() => latest.current(typed.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <label className="brandkit-field" data-field={type}>
      <span>{label}</span>
      <input
        ref={inputRef}
        type={type}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  )
}
