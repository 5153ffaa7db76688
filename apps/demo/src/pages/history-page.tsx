import { isTerminal, type MatchingAction, TASK_STATUSES, type TaskStatus } from '@brandkit/core'
import { BRAND_TASK_TYPES, type BrandTaskType } from '@brandkit/core/brand-tasks'
import { useActOnMatching } from '@brandkit/react'
import { useId } from 'react'
import { useSearch } from 'wouter'
import { t } from '../language/language.ts'
import { replacePath } from '../parts/link.tsx'
import { PageHead, Problem, usePageTitle } from '../parts/page-parts.tsx'
import { sectionOf } from '../sections/sections.ts'
import { MatchingButton } from '../tasks/matching-button.tsx'
import { SearchField } from '../tasks/search-field.tsx'
import { MoreButton, STATUS_NAMES, TaskActions, TaskList, TaskListSkeleton } from '../tasks/task-list.tsx'
import { type HistoryFilter, useHistory } from '../tasks/use-history.ts'
import { MyMonth, OwnData } from './own-data.tsx'

/** All tasks of the user and of colleagues, newest first. The filter is in the address. */
export function HistoryPage() {
  usePageTitle(t('History'))
  const filter = toFilter(new URLSearchParams(useSearch()))
  const { tasks, isLoading, error, hasMore, isLoadingMore, loadMore } = useHistory(filter)
  const isFiltered = Object.keys(filter).length > 0
  const [tag] = filter.tags ?? []

  return (
    <>
      <PageHead
        icon="history"
        title={t('History')}
        lead={t('Everything you and your colleagues asked for. What failed or was cancelled can be tried again.')}
      />
      <MyMonth />
      <div className="filters" role="search" aria-label={t('Filter')}>
        <SearchField
          label={t('Search')}
          value={filter.search ?? ''}
          onChange={(search) => replacePath(toPath({ ...filter, search }))}
        />
        <FilterSelect
          label={t('Type')}
          value={filter.type ?? ''}
          options={[
            { value: '', name: t('All types') },
            ...BRAND_TASK_TYPES.map((type) => ({ value: type, name: t(sectionOf(type).name) })),
          ]}
          onChange={(type) => replacePath(toPath({ ...filter, type: type as BrandTaskType }))}
        />
        <FilterSelect
          label={t('Status')}
          value={filter.status ?? ''}
          options={[
            { value: '', name: t('Any status') },
            ...TASK_STATUSES.map((status) => ({ value: status, name: t(STATUS_NAMES[status]) })),
          ]}
          onChange={(status) => replacePath(toPath({ ...filter, status: status as TaskStatus }))}
        />
      </div>
      {isFiltered && (
        <div className="filter">
          {tag && (
            <button
              type="button"
              className="tag"
              aria-label={t('All tags instead of {tag}', { tag })}
              onClick={() => replacePath(toPath({ ...filter, tags: [] }))}
            >
              {tag} ✕
            </button>
          )}
          {(['cancel', 'retry', 'delete'] as const).map((action) => (
            <MatchingTasks key={action} action={action} filter={filter} />
          ))}
        </div>
      )}
      {error && <Problem sentence={error.message} />}
      {isLoading && <TaskListSkeleton />}
      {!isLoading && tasks.length === 0 && !error && (
        <section className="empty">
          <h2>{t(isFiltered ? 'Nothing fits the filter' : 'Nothing here yet')}</h2>
          <p className="soft">{toHint({ isFiltered, hasMore })}</p>
        </section>
      )}
      {tasks.length > 0 && (
        <TaskList
          tasks={tasks}
          label={t('Your tasks')}
          columns="all-types"
          renderActions={(task) => isTerminal(task.status) && <TaskActions task={task} />}
        />
      )}
      {hasMore && <MoreButton isLoading={isLoadingMore} onClick={loadMore} />}
      <OwnData />
    </>
  )
}

/** Acts on all tasks that fit the filter. */
function MatchingTasks({ action, filter }: { action: MatchingAction; filter: HistoryFilter }) {
  return <MatchingButton action={action} filter={filter} matching={useActOnMatching(action)} />
}

/** A search looks at a few thousand tasks at a time. */
function toHint({ isFiltered, hasMore }: { isFiltered: boolean; hasMore: boolean }): string {
  if (hasMore) return t('Not among the latest ones: look further back.')
  return t(isFiltered ? 'Choose another filter.' : 'What you generate in any section appears here.')
}

/** Hand-written addresses may hold any value; an unknown value filters nothing. */
function toFilter(address: URLSearchParams): HistoryFilter {
  const type = BRAND_TASK_TYPES.find((known) => known === address.get('type'))
  const status = TASK_STATUSES.find((known) => known === address.get('status'))
  const [tag, search] = [address.get('tag'), address.get('search')?.trim()]
  return { ...(type && { type }), ...(status && { status }), ...(tag && { tags: [tag] }), ...(search && { search }) }
}

function toPath({ type, status, tags: [tag] = [], search }: HistoryFilter): string {
  const query = { ...(type && { type }), ...(status && { status }), ...(tag && { tag }), ...(search && { search }) }
  const address = new URLSearchParams(query).toString()
  return address ? `/history?${address}` : '/history'
}

interface FilterSelectProps {
  label: string
  value: string
  options: readonly { value: string; name: string }[]
  onChange: (value: string) => void
}

/** One menu of the filter. */
function FilterSelect({ label, value, options, onChange }: FilterSelectProps) {
  const id = useId()
  return (
    <div className="filter-select">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}
