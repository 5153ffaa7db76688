import type { Person } from '../session/session-api.ts'
import { PageHead } from '../shell/page-head.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { TaskList } from '../tasks/task-list.tsx'
import { DurationTable } from './duration-table.tsx'
import { OperatorActions } from './operator-actions.tsx'
import { StatTiles } from './stat-tiles.tsx'
import { useOperations } from './use-operations.ts'

/** The operator's desk: how things stand in the whole company, and a hand on every task. */
export function OperationsPage({ people }: { people: readonly Person[] }) {
  usePageTitle('Operations')
  const { stats, active, failed, error } = useOperations()
  const nameOf = (userId: string) => people.find(({ id }) => id === userId)?.name ?? userId

  return (
    <>
      <PageHead
        icon="gauge"
        title="Operations"
        lead="Every task of the company, of everybody. Figures are asked for anew every two seconds."
      />
      {error && (
        <p role="alert" className="problem">
          {error.message}
        </p>
      )}
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
      {stats && <DurationTable durations={stats.durations} />}
    </>
  )
}
