import { isTerminal, TASK_STATUSES, type TaskStatus } from '@brandkit/core'
import { BRAND_TASK_TYPES, type BrandTaskType } from '@brandkit/core/brand-tasks'
import { useId } from 'react'
import { useSearch } from 'wouter'
import { replacePath } from '../parts/link.tsx'
import { PageHead, Problem, usePageTitle } from '../parts/page-parts.tsx'
import { sectionOf } from '../sections/sections.ts'
import { TaskActions } from '../tasks/task-actions.tsx'
import { MoreButton, STATUS_NAMES, TaskList } from '../tasks/task-list.tsx'
import { type HistoryFilter, useHistory } from '../tasks/use-history.ts'

/** All tasks of the user, newest first. The filter is in the address. */
export function HistoryPage() {
  usePageTitle('History')
  const filter = toFilter(new URLSearchParams(useSearch()))
  const { tasks, isLoading, error, hasMore, isLoadingMore, loadMore } = useHistory(filter)
  const isFiltered = filter.type !== undefined || filter.status !== undefined

  return (
    <>
      <PageHead
        icon="history"
        title="History"
        lead="Everything you asked for. What failed or was stopped can be tried again."
      />
      <div className="filters" role="search" aria-label="Filter">
        <FilterSelect
          label="Type"
          value={filter.type ?? ''}
          options={[
            { value: '', name: 'All types' },
            ...BRAND_TASK_TYPES.map((type) => ({ value: type, name: sectionOf(type).name })),
          ]}
          onChange={(type) => replacePath(toPath({ ...filter, type: type as BrandTaskType }))}
        />
        <FilterSelect
          label="Status"
          value={filter.status ?? ''}
          options={[
            { value: '', name: 'Any status' },
            ...TASK_STATUSES.map((status) => ({ value: status, name: STATUS_NAMES[status] })),
          ]}
          onChange={(status) => replacePath(toPath({ ...filter, status: status as TaskStatus }))}
        />
      </div>
      {error && <Problem sentence={error.message} />}
      {isLoading && <p className="loading">Looking for your tasks…</p>}
      {!isLoading && tasks.length === 0 && !error && (
        <section className="empty">
          <h2>{isFiltered ? 'Nothing fits the filter' : 'Nothing yet'}</h2>
          <p className="soft">
            {isFiltered ? 'Choose another type or status.' : 'What you generate in any section appears here.'}
          </p>
        </section>
      )}
      {tasks.length > 0 && (
        <TaskList
          tasks={tasks}
          label="Your tasks"
          columns="all-types"
          renderActions={(task) => isTerminal(task.status) && <TaskActions task={task} />}
        />
      )}
      {hasMore && <MoreButton isLoading={isLoadingMore} onClick={loadMore} />}
    </>
  )
}

/** Hand-written addresses may hold any value; an unknown value filters nothing. */
function toFilter(search: URLSearchParams): HistoryFilter {
  const type = BRAND_TASK_TYPES.find((known) => known === search.get('type'))
  const status = TASK_STATUSES.find((known) => known === search.get('status'))
  return { ...(type && { type }), ...(status && { status }) }
}

function toPath({ type, status }: HistoryFilter): string {
  const search = new URLSearchParams({ ...(type && { type }), ...(status && { status }) }).toString()
  return search ? `/history?${search}` : '/history'
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
