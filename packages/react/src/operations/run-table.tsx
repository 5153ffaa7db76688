'use client'

import type { GetStatsResponse } from '@brandkit/core'
import type { ReactNode, RefObject } from 'react'
import { groupsOf, type OperationsFilter, type RunGroup } from './operations-filter.js'
import { useOperations } from './operations-context.js'
import { classOf, inFrame } from './operations-looks.js'
import { RunRow } from './run-row.js'
import { sumOf } from './throughput-chart.js'
import { useRunKeys } from './use-run-keys.js'
import { type Runs, useRuns } from './use-runs.js'

/** A few of each group beside the others; more of the only one. */
const LIMITS = { failed: 6, active: 25, ended: 25 } as const
const ALONE = 50

interface RunTableProps {
  filter: OperationsFilter
  figures: GetStatsResponse | undefined
  figuresAt: number
  gridRef: RefObject<HTMLDivElement | null>
  onFilter: (filter: OperationsFilter) => void
  /** The same function for every render, so that no row renders because of another. */
  onOpen: (taskId: string) => void
  onSearch: () => void
}

/** Tasks of everybody: failures first, then what is under way in the order of its start, then what has ended. */
export function RunTable({
  filter,
  figures,
  figuresAt,
  gridRef,
  onFilter,
  onOpen,
  onSearch,
}: RunTableProps): ReactNode {
  const { text, looks } = useOperations()
  const shown = groupsOf(filter)
  const options = (group: RunGroup) => ({
    filter,
    figures,
    figuresAt,
    isShown: shown.includes(group),
    limit: shown.length === 1 ? ALONE : LIMITS[group],
  })
  const failed = useRuns('failed', options('failed'))
  const active = useRuns('active', options('active'))
  const ended = useRuns('ended', options('ended'))
  const groups = [failed, active, ended].filter(({ group }) => shown.includes(group))

  const taskIds = groups.flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId))
  const { currentId, onFocus, onKeyDown } = useRunKeys(taskIds, {
    onOpen,
    onSearch,
    onEnd: () => {
      const last = groups.at(-1)
      if (last?.hasMore) last.readMore()
    },
  })

  return (
    <div className={classOf(looks, 'runs')}>
      {inFrame(
        looks,
        'runs',
        <>
          {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its rows have the focus */}
          <div role="grid" aria-label={text('runs.label')} ref={gridRef} onKeyDown={onKeyDown}>
            <div role="row" className="brandkit-run-head">
              {(['status', 'task', 'user', 'created', 'duration', 'actions'] as const).map((column) => (
                <span key={column} role="columnheader">
                  {text(`column.${column}`)}
                </span>
              ))}
            </div>
            {groups.map((runs) => (
              <GroupOfRuns
                key={runs.group}
                runs={runs}
                total={totalOf(runs.group, filter, figures)}
                isAlone={groups.length === 1}
                filter={filter}
                currentId={currentId}
                onFocus={onFocus}
                onOpen={onOpen}
                onFilter={onFilter}
              />
            ))}
          </div>
          <p className="brandkit-operations-hint">{text('runs.keys')}</p>
        </>,
      )}
    </div>
  )
}

interface GroupProps extends Pick<RunTableProps, 'filter' | 'onFilter'> {
  runs: Runs
  total: number | undefined
  isAlone: boolean
  currentId: string | undefined
  onFocus: (taskId: string) => void
  onOpen: (taskId: string) => void
}

function GroupOfRuns({ runs, total, isAlone, filter, currentId, onFocus, onOpen, onFilter }: GroupProps): ReactNode {
  const { text } = useOperations()
  const { group, tasks, hasMore, isPending, isReadingMore, error, readMore } = runs
  const name = group === 'failed' ? text.status(group) : text(`runs.${group}`)
  const isNarrowed = Boolean(filter.search ?? filter.tag ?? filter.type ?? filter.userId)
  const nothing = isNarrowed ? text('runs.empty') : text(EMPTY[group])
  const leadsToFailures = group === 'failed' && !isAlone
  return (
    <div role="rowgroup" aria-label={name} data-group={group} aria-busy={isPending || undefined}>
      <div role="row" className="brandkit-run-group">
        <span role="gridcell">
          <strong>{name}</strong>
          {total !== undefined && <span className="brandkit-run-count">{text.number(total)}</span>}
          {group === 'active' && <span className="brandkit-run-note">{text('runs.activeHint')}</span>}
        </span>
      </div>
      {error && (
        <div role="row" className="brandkit-run-nothing">
          <span role="gridcell" className="brandkit-operations-error">
            {text('runs.error')} {error.message}
          </span>
        </div>
      )}
      {tasks.map((task) => (
        <RunRow key={task.taskId} task={task} isCurrent={task.taskId === currentId} onFocus={onFocus} onOpen={onOpen} />
      ))}
      {!error && tasks.length === 0 && (
        <div role="row" className="brandkit-run-nothing">
          <span role="gridcell">{isPending ? '…' : nothing}</span>
        </div>
      )}
      {hasMore && (
        <div role="row" className="brandkit-run-more">
          <span role="gridcell">
            <button
              type="button"
              className="brandkit-button"
              data-quiet=""
              aria-disabled={isReadingMore || undefined}
              onClick={() => (leadsToFailures ? onFilter({ ...filter, status: 'failed' }) : readMore())}
            >
              {leadsToFailures ? text('runs.allFailed') : text(isNarrowed ? 'runs.further' : 'runs.more')}
            </button>
          </span>
        </div>
      )}
    </div>
  )
}

const EMPTY = { failed: 'runs.emptyFailed', active: 'runs.emptyActive', ended: 'runs.emptyEnded' } as const

/** The number of tasks of a group, if the figures count the same tasks. */
function totalOf(
  group: RunGroup,
  { search, tag, type, userId, status, span }: OperationsFilter,
  figures: GetStatsResponse | undefined,
): number | undefined {
  if (!figures || search || tag || type || userId) return undefined
  const { queued, processing, failed, completed, cancelled, throughput } = figures
  if (status === 'queued') return queued
  if (status === 'processing') return processing
  if (group === 'active') return queued + processing
  if (group === 'failed') return span === 'all' ? failed : sumOf(throughput?.failed)
  const done = span === 'all' ? completed : sumOf(throughput?.completed)
  const stopped = span === 'all' ? cancelled : sumOf(throughput?.cancelled)
  if (status === 'completed') return done
  return status === 'cancelled' ? stopped : done + stopped
}
