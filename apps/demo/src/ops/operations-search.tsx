import type { MatchingAction, TaskConditions, TaskSummary } from '@brandkit/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { operatorService } from '../network/task-service.ts'
import { Problem } from '../parts/page-parts.tsx'
import { MatchingButton } from '../tasks/matching-button.tsx'
import { SearchField } from '../tasks/search-field.tsx'
import { TaskList } from '../tasks/task-list.tsx'
import { useOperatorMatching } from './use-operator-matching.ts'
import { OPERATIONS } from './use-operations.ts'

const SHOWN = 20

interface OperationsSearchProps {
  ownerOf: (task: TaskSummary) => string
  renderActions: (task: TaskSummary) => ReactNode
}

/** Finds tasks of everybody, and acts on all that were found. */
export function OperationsSearch({ ownerOf, renderActions }: OperationsSearchProps) {
  const [search, setSearch] = useState('')
  const { data, error } = useQuery({
    queryKey: [...OPERATIONS, 'search', search],
    queryFn: ({ signal }) => operatorService.listTasks({ search, limit: SHOWN }, { signal }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
    networkMode: 'always',
  })
  const tasks = search === '' ? [] : (data?.tasks ?? [])
  return (
    <section className="desk" aria-labelledby="desk-search">
      <h2 id="desk-search">Find</h2>
      <div className="filters" role="search">
        <SearchField label="Tasks of everybody" value={search} onChange={setSearch} />
      </div>
      {error && <Problem sentence={error.message} />}
      {search !== '' && (
        <>
          <div className="filter">
            {(['cancel', 'retry', 'delete'] as const).map((action) => (
              <MatchingTasks key={action} action={action} filter={{ search }} />
            ))}
          </div>
          {tasks.length === 0 && <p className="nothing soft">Nothing fits, at least not among the latest tasks.</p>}
          {tasks.length > 0 && (
            <TaskList
              tasks={tasks}
              label="Found tasks"
              columns="all-types"
              ownerOf={ownerOf}
              renderActions={renderActions}
            />
          )}
        </>
      )}
    </section>
  )
}

function MatchingTasks({ action, filter }: { action: MatchingAction; filter: TaskConditions }) {
  return <MatchingButton action={action} filter={filter} matching={useOperatorMatching(action)} />
}
