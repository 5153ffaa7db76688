'use client'

import { TASK_STATUSES, type TaskStatus } from '@brandkit/core'
import type { ReactNode } from 'react'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import { PeriodField } from '../list-parts/period-field.js'
import { SearchField } from '../list-parts/search-field.js'
import { SelectField } from '../list-parts/select-field.js'
import { isNarrowed, NO_CHOICES, type TaskHistoryChoices } from './history-choices.js'

interface HistoryToolbarProps {
  choices: TaskHistoryChoices
  /** The types of the menu; fewer than two need none. */
  types: readonly string[]
  /** Whether the app has fixed the status already. */
  hasFixedStatus: boolean
  onChange: (change: TaskHistoryChoices) => void
}

/** Search and filters. A change applies at once. */
export function HistoryToolbar({ choices, types, hasFixedStatus, onChange }: HistoryToolbarProps): ReactNode {
  const translate = usePageTranslate()
  const { search, type = '', status = '', from, to, tags = [] } = choices
  return (
    <>
      <SearchField
        label={translate('filter.search')}
        placeholder={translate('filter.searchHint')}
        value={search ?? ''}
        onChange={(words) => onChange({ search: words })}
      />
      {!hasFixedStatus && (
        <SelectField
          name="status"
          label={translate('filter.status')}
          value={status}
          options={[
            { value: '', name: translate('filter.anyStatus') },
            ...TASK_STATUSES.map((each) => ({ value: each, name: translate(STATUS_LABELS[each]) })),
          ]}
          onChange={(next) => onChange({ status: next as TaskStatus })}
        />
      )}
      {types.length > 1 && (
        <SelectField
          name="type"
          label={translate('filter.type')}
          value={type}
          options={[
            { value: '', name: translate('filter.anyType') },
            ...types.map((each) => ({ value: each, name: translate.type(each) })),
          ]}
          onChange={(next) => onChange({ type: next })}
        />
      )}
      <PeriodField
        label={translate('filter.period')}
        value={{ from, to }}
        onChange={(period) => onChange({ from: undefined, to: undefined, ...period })}
      />
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          className="brandkit-tag"
          aria-label={translate('filter.removeTag', { tag })}
          onClick={() => onChange({ tags: tags.filter((each) => each !== tag) })}
        >
          <bdi>{tag}</bdi> <span aria-hidden="true">×</span>
        </button>
      ))}
      {/* It always has its place, because the fields would move under the user's hand. */}
      <button
        type="button"
        className="brandkit-button brandkit-clear"
        data-quiet
        disabled={!isNarrowed(choices)}
        onClick={() => onChange(NO_CHOICES)}
      >
        {translate('filter.clear')}
      </button>
    </>
  )
}

const STATUS_LABELS = {
  queued: 'phase.waiting',
  processing: 'phase.running',
  completed: 'phase.completed',
  failed: 'phase.failed',
  cancelled: 'phase.cancelled',
} as const satisfies Record<TaskStatus, string>
