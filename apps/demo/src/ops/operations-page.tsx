import { type TaskSummary, isTerminal } from '@brandkit/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { operatorService } from '../network/task-service.ts'
import { PageHead, Problem, usePageTitle } from '../parts/page-parts.tsx'
import type { Person } from '../session/use-session.ts'
import { TaskList } from '../tasks/task-list.tsx'
import { Audit } from './audit.tsx'
import { DurationTable, StatTiles } from './operations-figures.tsx'
import { MonthlyUsage } from './monthly-usage.tsx'
import { Notices } from './notices.tsx'
import { OperationsSearch } from './operations-search.tsx'
import { OPERATIONS, useOperations } from './use-operations.ts'

/** The operator's desk: the state of the whole company's tasks, with buttons for every task. */
export function OperationsPage({ people }: { people: readonly Person[] }) {
  usePageTitle('Operations')
  const { stats, active, failed, acts, error } = useOperations()
  const nameOf = (userId: string) => people.find(({ id }) => id === userId)?.name ?? userId

  return (
    <>
      <PageHead
        icon="gauge"
        title="Operations"
        lead="Every task of the company, of everybody. Figures are asked for anew every two seconds."
      />
      {error && <Problem sentence={error.message} />}
      {stats && <StatTiles stats={stats} />}
      <section className="desk" aria-labelledby="desk-active">
        <h2 id="desk-active">Under way</h2>
        <p className="soft">Premium goes first: this is the order in which they start.</p>
        {active.length === 0 ? (
          <p className="nothing soft">Nothing waits and nothing runs.</p>
        ) : (
          <TaskList
            tasks={active}
            label="Tasks under way"
            columns="all-types"
            ownerOf={({ userId }) => nameOf(userId)}
            renderActions={(task) => <OperatorActions task={task} />}
          />
        )}
      </section>
      <section className="desk" aria-labelledby="desk-failed">
        <h2 id="desk-failed">Failures</h2>
        {failed.length === 0 ? (
          <p className="nothing soft">Nothing has failed.</p>
        ) : (
          <TaskList
            tasks={failed}
            label="Failed tasks"
            columns="all-types"
            ownerOf={({ userId, lastError = '' }) => `${nameOf(userId)}: ${lastError}`}
            renderActions={(task) => <OperatorActions task={task} />}
          />
        )}
      </section>
      <OperationsSearch
        ownerOf={({ userId }) => nameOf(userId)}
        renderActions={(task) => task.status !== 'completed' && <OperatorActions task={task} />}
      />
      {stats?.usage && <MonthlyUsage usage={stats.usage} nameOf={nameOf} />}
      {stats?.notices && <Notices notices={stats.notices} />}
      <Audit entries={acts} nameOf={nameOf} />
      {stats && <DurationTable durations={stats.durations} />}
    </>
  )
}

/** Stops a task that is under way, or retries a failed one, for any owner. */
function OperatorActions({ task: { taskId, status, title } }: { task: TaskSummary }) {
  const queryClient = useQueryClient()
  const act = useMutation({
    mutationFn: () => (isTerminal(status) ? operatorService.retryTask(taskId) : operatorService.cancelTask(taskId)),
    networkMode: 'always',
    onSettled: () => queryClient.invalidateQueries({ queryKey: OPERATIONS }),
  })
  const verb = isTerminal(status) ? 'Try again' : 'Stop'
  return (
    <>
      {act.error && (
        <span role="alert" className="mistake">
          {act.error.message}
        </span>
      )}
      <button
        type="button"
        className="quiet"
        aria-label={`${verb}: ${title}`}
        disabled={act.isPending}
        onClick={() => act.mutate()}
      >
        {verb}
      </button>
    </>
  )
}
