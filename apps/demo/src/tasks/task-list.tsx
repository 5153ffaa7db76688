import type { TaskReference, TaskStatus, TaskSummary } from '@brandkit/core'
import {
  useColleagueName,
  useRetryTask,
  useTaskConnection,
  useTaskContext,
  useTaskHistory,
  useTaskPhase,
  useTasks,
} from '@brandkit/react'
import { type ReactNode, useSyncExternalStore } from 'react'
import { locale, stepTitle, t } from '../language/language.ts'
import { formatDuration, formatMoment, formatRelative } from '../parts/words.ts'
import { Icon } from '../parts/page-parts.tsx'
import { formPath, Link, openTask, plainTitle } from '../navigation/addresses.tsx'
import { taskPath } from '../sections/section-path.ts'
import { sectionOf } from '../sections/sections.ts'
import { focusNeighbour, useUndoableDelete, useWithoutDeleted } from './undo-delete.tsx'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'

interface TaskListProps {
  tasks: readonly TaskSummary[]
  label: string
  /** `one-type`: the page names the type. `all-types`: each row names its type. */
  columns: 'one-type' | 'all-types'
  /** Buttons at the end of a row. */
  renderActions?: ((task: TaskSummary) => ReactNode) | undefined
}

/** Tasks as rows; each row links to its task. */
export function TaskList({ tasks, label, columns, renderActions }: TaskListProps) {
  const shown = useWithoutDeleted(tasks)
  const now = useNow()
  return (
    <ul className="tasks" aria-label={label}>
      {shown.map((task) => (
        <li key={task.taskId} className="task" data-status={task.status} data-task-id={task.taskId}>
          {columns === 'all-types' && (
            <span className="task-sign" title={t(sectionOf(task.type).name)}>
              <Icon name={sectionOf(task.type).icon} />
            </span>
          )}
          <TaskLink task={task} />
          <span className="task-facts soft">
            {columns === 'all-types' && <span>{t(sectionOf(task.type).name)}</span>}
            <ByColleague task={task} />
            <time dateTime={task.createdAt.toISOString()} title={formatMoment(task.createdAt)}>
              {formatRelative(task.createdAt, now)}
            </time>
            {task.actualDuration !== undefined && <span>{formatDuration(task.actualDuration)}</span>}
            {task.retryCount > 0 && <span>{t('{count} retries', { count: task.retryCount })}</span>}
            {task.status === 'processing' && <RowProgress task={task} />}
          </span>
          {columns === 'all-types' && task.tags && <TaskTags tags={task.tags} />}
          <PriorityMark task={task} />
          {renderActions && <span className="task-actions">{renderActions(task)}</span>}
        </li>
      ))}
    </ul>
  )
}

/** Tasks of premium users go first. */
export function PriorityMark({ task: { priority } }: { task: Pick<TaskSummary, 'priority'> }) {
  if (priority === 'normal') return null
  return (
    <span className="priority" data-priority={priority}>
      {t(priority === 'high' ? 'Premium' : 'Low priority')}
    </span>
  )
}

/** The tags of a task. Each leads to all tasks that have it. */
function TaskTags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="task-tags">
      {tags.map((tag) => (
        <Link key={tag} className="tag" href={`/history?${new URLSearchParams({ tag }).toString()}`}>
          {tag}
        </Link>
      ))}
    </span>
  )
}

function TaskLink({ task }: { task: TaskSummary }) {
  // The words of panel and toasts; a step is said beside its bar.
  const { phase, label: words } = useTaskPhase(task)
  const label = phase === 'running' ? t(STATUS_NAMES.processing) : words
  return (
    <Link href={taskPath(task)} className="task-link">
      <span className="task-title" dir="auto">
        {plainTitle(task)}
      </span>
      <span className="status">{label}</span>
    </Link>
  )
}

/** The buttons for an ended task, in a row. */
export function TaskActions({ task }: { task: TaskSummary }) {
  const { taskId, status, title } = task
  const { session } = useTaskContext()
  const retry = useRetryTask()
  const remove = useUndoableDelete()
  const { error } = retry
  return (
    <>
      {error && (
        <span role="alert" className="mistake">
          {error.message}
        </span>
      )}
      {(status === 'failed' || status === 'cancelled') && (
        <button
          type="button"
          className="quiet"
          aria-label={t('Try again: {title}', { title })}
          disabled={retry.isPending}
          onClick={() => retry.mutate(taskId, { onSuccess: openTask })}
        >
          {t('Try again')}
        </button>
      )}
      {(status === 'failed' || status === 'cancelled') && (
        <Link href={formPath(task, 'edit')} className="quiet" aria-label={t('Edit and try again: {title}', { title })}>
          {t('Edit')}
        </Link>
      )}
      {session.isOwn(task) && (
        <button
          type="button"
          className="quiet"
          aria-label={t('Delete: {title}', { title })}
          onClick={({ currentTarget }) => {
            focusNeighbour(currentTarget)
            remove(task)
          }}
        >
          {t('Delete')}
        </button>
      )}
    </>
  )
}

/** How far a running task has come, and its step. The bar is the lower edge of the row, whose height stays as it is. */
function RowProgress({ task: { type, title, progress, currentStep, steps } }: { task: TaskSummary }) {
  const step = steps?.find(({ key }) => key === currentStep)
  return (
    <>
      <progress className="task-bar" max={100} value={progress} aria-label={title} />
      <span className="making-percent">{formatPercent(progress)}</span>
      {step && <span className="task-step">{stepTitle(type, step)}</span>}
    </>
  )
}

/** Whole percent of 0 to 100, never rounded up to the end. */
export function formatPercent(progress: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent' }).format(Math.floor(progress) / 100)
}

/** Whose task it is, for tasks of colleagues. Used by lists and by the page of a task. */
export function ByColleague({ task }: { task: Pick<TaskSummary, 'userId'> }) {
  const name = useColleagueName(task)
  if (name === undefined) return null
  return <span>{t('by {name}', { name })}</span>
}

/** The tasks for which another one waits: "Waits for Brand kit: Aurora". */
export function sayWaitsFor(waitsFor: readonly TaskReference[]): string {
  const titles = new Intl.ListFormat(locale()).format(waitsFor.map(({ title }) => title))
  return t('Waits for {titles}', { titles })
}

/** English; `t` has the other languages. */
const STATUS_NAMES: Readonly<Record<TaskStatus, string>> = {
  queued: 'Waiting',
  processing: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

interface MoreButtonProps {
  isLoading: boolean
  onClick: () => void
}

/** Loads the next page of a list. Without a network it says why the list ends here. */
export function MoreButton({ isLoading, onClick }: MoreButtonProps) {
  const isOffline = useTaskConnection().state === 'offline'
  if (isOffline)
    return <p className="soft more">{t('You see what this page has read; the rest comes when you are online.')}</p>
  return (
    <button type="button" className="secondary more" disabled={isLoading} onClick={onClick}>
      {t(isLoading ? 'Looking…' : 'Show earlier ones')}
    </button>
  )
}

const SKELETON_ROWS = 3

/** The shape of a list that is on its way, as tall as its rows, so that nothing jumps. */
export function TaskListSkeleton() {
  return (
    <div className="tasks">
      <p className="visually-hidden" role="status">
        {t('Looking for it…')}
      </p>
      {Array.from({ length: SKELETON_ROWS }, (_row, index) => (
        <div key={index} className="task skeleton" aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  )
}

/** Relative times are at most this old. */
const TICK_MS = 30_000
let now = Date.now()

/** The time, which goes on by half minutes. */
function useNow(): number {
  return useSyncExternalStore(
    (listener) => {
      const timer = setInterval(() => {
        now = Date.now()
        listener()
      }, TICK_MS)
      return () => clearInterval(timer)
    },
    () => now,
  )
}

export interface HistoryFilter {
  type?: BrandTaskType
  status?: TaskStatus
  /** Only tasks that have all of these tags. */
  tags?: string[]
  /** Words of titles and tags. */
  search?: string
}

interface History {
  /** Newest first. */
  tasks: TaskSummary[]
  /** Whether the server has answered. Until then an empty list says nothing. */
  isKnown: boolean
  error: Error | null
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
}

const PAGE = 20

/** Pages of the user's tasks from the server, each task in the newest version that this page knows. */
export function useHistory(filter: HistoryFilter): History {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useTaskHistory({
    ...filter,
    limit: PAGE,
  })
  const live = useTasks(filter)
  const listed = data?.pages.flatMap(({ tasks }) => tasks) ?? []
  const oldest = listed.at(-1)?.createdAt ?? new Date(0)
  // Older tasks come with later pages.
  const fresh = hasNextPage ? live.filter(({ createdAt }) => createdAt > oldest) : live

  return {
    tasks: mergeTasks(listed, fresh).filter(({ status }) => !filter.status || status === filter.status),
    isKnown: data !== undefined,
    error,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    loadMore: () => void fetchNextPage(),
  }
}

/** Merges lists: each task once, in its newest version; newest task first. */
function mergeTasks(...lists: readonly (readonly TaskSummary[])[]): TaskSummary[] {
  const byId = new Map<string, TaskSummary>()
  for (const task of lists.flat()) {
    const known = byId.get(task.taskId)
    if (!known || task.version >= known.version) byId.set(task.taskId, task)
  }
  return [...byId.values()].toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
}
